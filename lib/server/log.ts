import pino, { type DestinationStream, type Logger } from "pino";
import { env } from "./env";

export type Log = Logger;

const credentials = /(\w+:\/\/)[^\s/@]+@/g;
/** Our own keys, in case someone sends one where it does not belong. */
const keys = /(sm_live_[a-z2-7]{8}_)[\w-]+|(whsec_)[\w+/=-]+/g;
/** What the query builder appends to its messages. */
const parameters = /\nparams: [^]*?(?=\n\s+at |$)/g;

/**
 * A logger that writes one JSON object per line. It removes secrets: fields that hold them by name, credentials in
 * addresses that an error quotes, and keys in the path of a request.
 */
export function makeLog(level: string, destination: DestinationStream): Log {
  const secretNames = ["password", "token", "secret", "authorization", "cookie", "url", "DATABASE_URL", "databaseUrl"];
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[secret]" },
      serializers: {
        err: describeError,
        error: describeError,
        path: scrubField,
        pathname: scrubField,
        requestId: scrubField,
      },
    },
    destination,
  );
}

/**
 * The same log for lines whose fields are listed in the code and hold no secret: looking for secret names takes five
 * times as long as writing the line. Keys in a path are removed all the same.
 */
export function withoutRedaction(log: Log): Log {
  return log.child({}, { redact: [] });
}

/** Writes to standard error, so that the output of a command stays clean. */
export const log: Log = makeLog(logLevel(), pino.destination({ dest: 2, sync: true }));

/** Only these fields: the driver's errors also carry the query's parameters, which are personal data. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return scrub(String(error));
  const { cause } = error;
  return {
    type: error.name,
    ...("code" in error ? { code: String(error.code) } : {}),
    message: scrub(error.message),
    stack: scrub(error.stack ?? ""),
    ...(cause !== undefined && depth < 5 ? { cause: describeError(cause, depth + 1) } : {}),
  };
}

function scrub(text: string): string {
  return text.replaceAll(credentials, "$1[secret]@").replaceAll(keys, "$1$2[secret]").replaceAll(parameters, "");
}

/** A field of a line, which need not be text. */
function scrubField(value: unknown): unknown {
  return typeof value === "string" ? scrub(value) : value;
}

function logLevel(): string {
  try {
    return env().LOG_LEVEL;
  } catch {
    return "info"; // the entry script reports invalid settings
  }
}
