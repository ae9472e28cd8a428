import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { AppError } from "@/lib/server/errors";

/** Query parameters, including empty ones. An operation has at most a dozen, each at most once. */
const maxParameters = 200;
/** Lines of a request's head. Browsers and proxies send fewer than 50. */
const maxHeaderLines = 200;

/** A header that is a list: how many entries are read, from its start or, where proxies append, from its end. */
interface ListBound {
  readonly separator: "," | ";";
  readonly most: number;
  readonly from: "start" | "end";
}

/** Every list that the framework or a handler splits. Browsers keep at most 180 cookies for a host. */
const lists: Readonly<Record<string, ListBound>> = {
  cookie: { separator: ";", most: 200, from: "start" },
  accept: { separator: ",", most: 50, from: "start" },
  "accept-charset": { separator: ",", most: 50, from: "start" },
  "accept-encoding": { separator: ",", most: 50, from: "start" },
  "accept-language": { separator: ",", most: 50, from: "start" },
  "if-match": { separator: ",", most: 100, from: "start" },
  "if-none-match": { separator: ",", most: 100, from: "start" },
  "x-forwarded-for": { separator: ",", most: 50, from: "end" },
  "x-forwarded-proto": { separator: ",", most: 50, from: "end" },
};
/** A request for more ranges is answered with the whole file (RFC 9110, 14.2). */
const maxRanges = 16;

/** The error for a head with too many parameters or lines; null for an accepted one. */
export function tooManyParts({ url = "", rawHeaders }: Pick<IncomingMessage, "url" | "rawHeaders">): AppError | null {
  const lines = rawHeaders.length / 2;
  if (lines > maxHeaderLines) {
    const detail = `The request has ${lines} header lines; at most ${maxHeaderLines} are accepted.`;
    return new AppError("headers_too_large", detail);
  }
  const parameters = countParameters(url);
  if (parameters <= maxParameters) return null;
  const detail = `The query has ${parameters} parameters; at most ${maxParameters} are accepted.`;
  return new AppError("bad_request", detail);
}

function countParameters(address: string): number {
  let at = address.indexOf("?");
  let count = 0;
  for (; at >= 0; at = address.indexOf("&", at + 1)) count += 1;
  return count;
}

/** Cuts each list in a request's head to the entries that are read, and drops a `Range` header with too many ranges. */
export function cutLists(headers: IncomingHttpHeaders): void {
  for (const [name, bound] of Object.entries(lists)) {
    const value = headers[name];
    if (typeof value === "string") headers[name] = cutList(value, bound);
  }
  const ranges = headers.range ?? "";
  if (cutList(ranges, { separator: ",", most: maxRanges, from: "start" }) !== ranges) delete headers.range;
}

function cutList(text: string, { separator, most, from }: ListBound): string {
  let at = from === "start" ? -1 : text.length;
  for (let i = 0; i < most; i++) {
    if (from === "end" && at === 0) return text;
    at = from === "start" ? text.indexOf(separator, at + 1) : text.lastIndexOf(separator, at - 1);
    if (at < 0) return text;
  }
  return from === "start" ? text.slice(0, at) : text.slice(at + 1);
}
