import { etagOf } from "@/lib/server/wire/etag";
import type { ApiRequest } from "./api-request";
import { TextResponse } from "./text-response";

/** Whether the caller already has what `etag` names (RFC 9110, 13.1.2: weak comparison). */
export function matchesETag(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  const bare = etag.replace(/^W\//, "");
  return ifNoneMatch.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === bare);
}

/**
 * JSON with an ETag made from its text, or 304 when the caller has it. No shared or browser cache keeps it, because the
 * next user of that browser may have fewer rights. A program that keeps its own copy sends the ETag back.
 */
export function jsonWithETag(
  request: ApiRequest,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const text = JSON.stringify(body);
  const etag = etagOf(text);
  const kept = { etag, ...headers };
  if (matchesETag(request.headers.get("if-none-match"), etag))
    return new Response(null, { status: 304, headers: kept });
  return new TextResponse(text, { headers: { ...kept, "content-type": "application/json" } });
}

/** JSON with an ETag made from its text: the response to a change. */
export function taggedJson(body: unknown): Response {
  const text = JSON.stringify(body);
  return new TextResponse(text, { headers: { etag: etagOf(text), "content-type": "application/json" } });
}
