import { createHash } from "node:crypto";

/** A strong ETag made from the text of a response. */
export function etagOf(text: string): string {
  return `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
}

/**
 * Whether an ETag is one of those in If-Match. Compares weakly, other than RFC 9110, 13.1.1: a proxy that compresses
 * responses makes their tags weak, and ours name the content, whatever its encoding.
 */
export function isMatch(ifMatch: string, etag: string): boolean {
  return ifMatch
    .split(",")
    .map((one) => one.trim().replace(/^W\//, ""))
    .some((one) => one === "*" || one === etag);
}
