import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import { AppError } from "@/lib/server/errors";
import { readInstant, UnreadableInstant } from "@/lib/server/text/instant";
import { AddressNotAllowed, allowedAddresses, type Resolve } from "./address-rules";

export interface RequestOptions {
  readonly allowPrivate: boolean;
  readonly resolve: Resolve;
  /** Aborts the request. */
  readonly signal: AbortSignal;
}

/** A request to an address that has been parsed by `parseOutgoingUrl`. */
export interface OutgoingRequest {
  readonly method: "GET" | "POST";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Null: none. */
  readonly body: string | null;
}

const connectTimeoutMs = 10_000;

/** The socket's lookup: returns only checked addresses. The socket tries all of them in turn. */
function checkedLookup({ allowPrivate, resolve }: RequestOptions): LookupFunction {
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

/**
 * Sends a request by a connection of its own to a checked address. Redirects are not followed.
 * @returns its response, whose body is not read yet
 */
export function openRequest(
  { method, url, headers, body }: OutgoingRequest,
  options: RequestOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
      method,
      headers: { ...headers, ...length },
      agent: false,
      lookup: checkedLookup(options),
      signal: options.signal,
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
    request.end(body ?? undefined);
  });
}

/** The seconds that a response asks to wait. @param header `Retry-After` */
export function retryAfterSeconds(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const read = readInstant(header);
  return read instanceof UnreadableInstant || read.at < now ? null : Math.ceil((read.at - now) / 1000);
}

/** The description of a failure that is shown: never an address or a port that a name resolves to. */
export function reasonOf(error: unknown, timedOut: boolean): string {
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
