import type { IncomingMessage } from "node:http";
import { parseOutgoingUrl, webhookAddresses } from "@/lib/server/outgoing/address-rules";
import { openRequest, reasonOf, retryAfterSeconds, type RequestOptions } from "@/lib/server/outgoing/open-request";

export interface SendOptions extends RequestOptions {
  /** Timeout of the whole attempt, from the DNS lookup to the end of the response. */
  readonly timeoutMs: number;
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
    const url = parseOutgoingUrl(address, options.allowPrivate, webhookAddresses);
    const signal = AbortSignal.any([deadline, options.signal]);
    const answer = await openRequest({ method: "POST", url, headers, body }, { ...options, signal });
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
