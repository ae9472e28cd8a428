import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { AppError } from "@/lib/server/errors";
import { readInstant, UnreadableInstant } from "@/lib/server/text/instant";
import { AddressNotAllowed, allowedAddresses, parseWebhookUrl, type Resolve } from "./address-rules";

export interface SendOptions {
  readonly allowPrivate: boolean;
  readonly resolve: Resolve;
  /** Timeout of the whole attempt, from the DNS lookup to the end of the response. */
  readonly timeoutMs: number;
  /** Aborts the attempt. */
  readonly signal: AbortSignal;
}

/** The result of one attempt: the status of the response, or why there was none. */
export interface SendResult {
  readonly status: number | null;
  readonly error: string | null;
  /** `Retry-After` of the response. */
  readonly retryAfterSeconds: number | null;
  readonly durationMs: number;
}

const maxAnswerBytes = 64 * 1024;
const connectTimeoutMs = 10_000;

/** The socket's lookup: returns only checked addresses. The socket tries all of them in turn. */
function checkedLookup({ allowPrivate, resolve }: SendOptions): LookupFunction {
  return (host, options, callback) => {
    allowedAddresses(host, allowPrivate, resolve).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) callback(new Error(`${host} does not resolve to an address.`), []);
        else if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error("The DNS lookup failed."), []);
      },
    );
  };
}

/** Reads a response to its end, or to 64 KiB, and discards it. */
async function discard(answer: IncomingMessage): Promise<void> {
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) {
      answer.destroy();
      return;
    }
  }
}

function retryAfterSeconds(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const read = readInstant(header);
  return read instanceof UnreadableInstant || read.at < now ? null : Math.ceil((read.at - now) / 1000);
}

/** The description of a failure that is shown: never an address or a port that a name resolves to. */
function reasonOf(error: unknown, timedOut: boolean): string {
  if (timedOut) return "There was no response in time.";
  if (error instanceof AddressNotAllowed || error instanceof AppError) return error.message;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "ECONNREFUSED") return "The connection was refused.";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "The host name does not resolve.";
  if (code.includes("CERT") || code.includes("SIGNED") || code.startsWith("ERR_TLS")) {
    return "The host's certificate is not valid.";
  }
  return "The connection failed.";
}

/** Sends one message once. Redirects are not followed, because their address was not checked. Never throws. */
export async function sendMessage(
  address: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: SendOptions,
): Promise<SendResult> {
  const startedMs = performance.now();
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const durationMs = (): number => Math.round(performance.now() - startedMs);
  try {
    const url = parseWebhookUrl(address, options.allowPrivate);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
        method: "POST",
        headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
        agent: false,
        lookup: checkedLookup(options),
        signal: AbortSignal.any([deadline, options.signal]),
      });
      const connecting = setTimeout(() => request.destroy(new Error("no connection in time")), connectTimeoutMs);
      request.once("socket", (socket) => {
        socket.once(url.protocol === "https:" ? "secureConnect" : "connect", () => {
          clearTimeout(connecting);
        });
      });
      request.once("close", () => {
        clearTimeout(connecting);
      });
      request.once("error", reject);
      request.once("response", resolve);
      request.end(body);
    });
    await discard(answer);
    const status = answer.statusCode ?? 0;
    const redirected = status >= 300 && status < 400;
    return {
      status,
      error:
        status >= 200 && status < 300
          ? null
          : redirected
            ? "It responded with a redirect, which is not followed."
            : `It answered ${status}.`,
      retryAfterSeconds: retryAfterSeconds(answer.headers["retry-after"], Date.now()),
      durationMs: durationMs(),
    };
  } catch (error) {
    return {
      status: null,
      error: reasonOf(error, deadline.aborted),
      retryAfterSeconds: null,
      durationMs: durationMs(),
    };
  }
}
