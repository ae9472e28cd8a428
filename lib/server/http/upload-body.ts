import { createHash, type Hash } from "node:crypto";
import { AppError } from "@/lib/server/errors";
import { bodyChunks } from "./body-chunks";
import type { ApiRequest, RequestHeaders } from "./api-request";

const algorithms = { "sha-256": "sha256", "sha-512": "sha512" } as const;

function fileTooLarge(maxBytes: number): AppError {
  const most = maxBytes.toLocaleString("en-US");
  return new AppError("file_too_large", `A file may have at most ${most} bytes. Send it in parts.`);
}

interface Expected {
  readonly header: string;
  readonly hash: Hash;
  readonly digest: string;
}

/** The declared digests of the bytes (RFC 9530). @throws AppError invalid_digest */
function expectedDigests(headers: RequestHeaders): Expected[] {
  return ["content-digest", "repr-digest"].flatMap((header) => {
    const said = headers.get(header);
    if (said === null) return [];
    // Of two with the same key the last counts (RFC 9651, 3.2), and at most one of each kind is computed.
    const digests = new Map<keyof typeof algorithms, string>();
    for (const one of said.split(",")) {
      const match = /^\s*(sha-256|sha-512)\s*=\s*:([A-Za-z0-9+/]+={0,2}):\s*$/.exec(one);
      if (match !== null) digests.set(match[1] === "sha-512" ? "sha-512" : "sha-256", match[2] ?? "");
    }
    if (digests.size > 0) {
      return Array.from(digests, ([name, digest]) => ({ header, hash: createHash(algorithms[name]), digest }));
    }
    const remedy = `Write it as ${header}: sha-256=:BASE64: (or leave it out).`;
    throw new AppError("invalid_digest", `The ${header} header has no supported digest. ${remedy}`);
  });
}

/**
 * The bytes of a body as they arrive, in constant memory. Throws at the end when they are not all that was sent.
 * @throws AppError file_too_large (at once when the length is declared), incomplete_upload, digest_mismatch,
 *   invalid_digest, request_timeout
 */
export async function* uploadBytes(request: ApiRequest, maxBytes: number): AsyncGenerator<Uint8Array, undefined> {
  const said = request.headers.get("content-length");
  if (said !== null && Number(said) > maxBytes) throw fileTooLarge(maxBytes);
  const expected = expectedDigests(request.headers);
  let received = 0;
  for await (const chunk of bodyChunks(request)) {
    received += chunk.byteLength;
    if (received > maxBytes) throw fileTooLarge(maxBytes);
    for (const { hash } of expected) hash.update(chunk);
    yield chunk;
  }
  if (said !== null && Number(said) !== received) {
    const reason = `${received} of ${said} bytes arrived. Nothing was kept; send the file again.`;
    throw new AppError("incomplete_upload", reason);
  }
  for (const { header, hash, digest } of expected) {
    const found = hash.digest("base64");
    if (found.replace(/=+$/, "") === digest.replace(/=+$/, "")) continue;
    const reason = `The ${header} header does not match the ${received} bytes that arrived (their digest is ${found}).`;
    throw new AppError("digest_mismatch", `${reason} Nothing was kept.`);
  }
  return undefined;
}
