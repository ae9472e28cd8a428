import type { IncomingMessage } from "node:http";
import { feedAddresses, parseOutgoingUrl } from "@/lib/server/outgoing/address-rules";
import { openRequest, reasonOf, retryAfterSeconds, type RequestOptions } from "@/lib/server/outgoing/open-request";

export interface FetchOptions extends RequestOptions {
  /** Timeout of the whole attempt: of all redirects together, to the end of the body. */
  readonly timeoutMs: number;
}

/** What the server said of a text that we have. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type FetchResult =
  | { readonly kind: "unchanged" }
  | ({ readonly kind: "text"; readonly text: string } & Validators)
  | { readonly kind: "failed"; readonly reason: string; readonly retryAfterSeconds: number | null };

/** As `readCalendar` allows. */
const mostBytes = 5_000_000;
const mostRedirects = 5;
const longestValidator = 500;

const failed = (reason: string, wait: number | null = null): FetchResult => ({
  kind: "failed",
  reason,
  retryAfterSeconds: wait,
});

/** The body, or null when it is too large. */
async function readBody(answer: IncomingMessage): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) {
      answer.destroy();
      return null;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A validator that can be sent back as a header. */
function validator(value: string | undefined): string | null {
  return value !== undefined && value.length <= longestValidator && /^[\x20-\x7e]+$/.test(value) ? value : null;
}

async function textOf(answer: IncomingMessage): Promise<FetchResult> {
  const encoding = answer.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity")
    return failed(`It answered in the encoding ${encoding.slice(0, 40)}, not as plain text.`);
  const body = await readBody(answer);
  if (body === null) return failed("The calendar is larger than 5 MB. Use a smaller one.");
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    const { etag, "last-modified": lastModified } = answer.headers;
    return { kind: "text", text, etag: validator(etag), lastModified: validator(lastModified) };
  } catch {
    return failed("The calendar is not UTF-8.");
  }
}

async function follow(
  address: string,
  known: Validators,
  options: FetchOptions,
  open: typeof openRequest,
): Promise<FetchResult> {
  const headers = {
    accept: "text/calendar, text/plain;q=0.5, */*;q=0.1",
    "accept-encoding": "identity",
    "user-agent": "store-monitoring calendar reader",
    ...(known.etag === null ? {} : { "if-none-match": known.etag }),
    ...(known.lastModified === null ? {} : { "if-modified-since": known.lastModified }),
  };
  let url = parseOutgoingUrl(address, options.allowPrivate, feedAddresses);
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const answer = await open({ method: "GET", url, headers, body: null }, options);
    const status = answer.statusCode ?? 0;
    if (status === 200) return await textOf(answer);
    answer.destroy();
    if (status === 304 && known.etag === null && known.lastModified === null) return failed("It answered 304.");
    if (status === 304) return { kind: "unchanged" };
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
      return failed(`It answered ${String(status)}.`, retryAfterSeconds(answer.headers["retry-after"], Date.now()));
    }
    // Every step is checked like the address itself, and again when it is connected to.
    if (!URL.canParse(location, url)) return failed("It redirects to an address that is not valid.");
    const next = new URL(location, url);
    if (next.protocol === "http:" && url.protocol === "https:") return failed("It redirects from https to http.");
    url = parseOutgoingUrl(next.href, options.allowPrivate, feedAddresses);
  }
  return failed("It redirects too often.");
}

/**
 * Fetches the calendar at an address, or finds that it is the one that we have. Up to five redirects are followed, each
 * to an address that is checked. Never throws.
 */
export async function fetchFeed(
  address: string,
  known: Validators,
  options: FetchOptions,
  open = openRequest,
): Promise<FetchResult> {
  const deadline = AbortSignal.timeout(options.timeoutMs);
  try {
    return await follow(address, known, { ...options, signal: AbortSignal.any([deadline, options.signal]) }, open);
  } catch (error) {
    return failed(reasonOf(error, deadline.aborted));
  }
}
