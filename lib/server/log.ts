import pino, { type DestinationStream, type Logger } from "pino";
import { env } from "./env";

export type Log = Logger;

const credentials = /(\w+:\/\/)[^\s/@]+@/g;
/** Our own, wherever somebody wrote one that does not belong there. */
const keys = /(sm_live_[a-z2-7]{8}_)[\w-]+|(whsec_)[\w+/=-]+/g;
/** What the query builder appends to its messages. */
const parameters = /\nparams: [^]*?(?=\n\s+at |$)/g;

/**
 * A logger of one JSON object a line. Secrets do not get through it: fields that hold them by name, credentials in
 * addresses wherever an error quotes one, and keys in the path of a request.
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

/** Writes to standard error, so that what a command prints stays clean. */
export const log: Log = makeLog(logLevel(), pino.destination({ dest: 2, sync: true }));

/** Only these fields: the errors of the driver carry the query's parameters too, which are people's data. */
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

/** A field of a line, which need not hold text. */
function scrubField(value: unknown): unknown {
  return typeof value === "string" ? scrub(value) : value;
}

function logLevel(): string {
  try {
    return env().LOG_LEVEL;
  } catch {
    return "info"; // whoever boots the process says what is wrong
  }
}
