import { setImmediate as nextTurn } from "node:timers/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "@/lib/server/errors";
import { findInvalidUtf8 } from "@/lib/server/text/utf8";
import { bodyChunks, wholeBody } from "./body-chunks";
import { findJsonFault, maxValues } from "./json-shape";
import { showValue } from "@/lib/server/text/show-value";
import type { ApiRequest, RequestHeaders } from "./api-request";

const maxBytes = 1_000_000;
/**
 * Decompressed size of a batch of polls, the only JSON that may be compressed: more than twice what the largest batch
 * needs.
 */
const maxInflatedBytes = 2_000_000;
/** Rights are checked when the body is complete, but no program needs to hold a request open for long. */
const maxArrivalMs = 30_000;

/** Levels of objects and arrays. Parsing much deeper ones blocks all other requests for seconds. */
const maxDepth = 32;

export function emptyBody(what: string): AppError {
  return new AppError("empty_body", `Send ${what} as the body.`);
}

/** Whether a request has no body, as far as its head tells. */
export function isEmptyBody(request: ApiRequest): boolean {
  const length = request.headers.get("content-length");
  return length === null ? request.body === null : length === "0";
}

function tooLarge(): AppError {
  return new AppError("body_too_large", `The body may have at most ${maxBytes.toLocaleString("en-US")} bytes.`);
}

/** The media type in lower case, without its parameters. @throws AppError for another charset than UTF-8 */
export function mediaTypeOf(headers: RequestHeaders): string {
  const [mediaType = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(one)?.[1]).find(Boolean);
  if (charset !== undefined && charset !== "utf-8" && charset !== "utf8") {
    throw new AppError("unsupported_media_type", "Send the body in UTF-8.");
  }
  return mediaType.trim();
}

/** @throws AppError for a content encoding that is not in `taken` */
export function contentEncodingOf<T extends string>(headers: RequestHeaders, taken: readonly T[]): T | "identity" {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity") return "identity";
  const known = taken.find((one) => one === encoding);
  if (known !== undefined) return known;
  const remedy = taken.length === 0 ? "without content encoding" : `without content encoding or as ${taken.join(", ")}`;
  throw new AppError("unsupported_encoding", `Send the body ${remedy}.`);
}

/**
 * The bytes of a body. Counts while it reads, so a body without a length cannot fill the memory.
 * @throws AppError body_too_large over 1,000,000 bytes, before anything is read when the length is declared;
 *   request_timeout after 30 s; and what `bodyChunks` throws
 */
export async function readBytes(request: ApiRequest): Promise<Uint8Array> {
  const length = request.headers.get("content-length");
  if (Number(length ?? 0) > maxBytes) throw tooLarge();
  if (length !== null) return wholeBody(request, maxArrivalMs);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bodyChunks(request, maxArrivalMs)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** @throws AppError corrupt_gzip, inflated_too_large (2,000,000 bytes) */
export async function inflateGzip(bytes: Uint8Array): Promise<Uint8Array> {
  const engine = createGunzip();
  engine.end(bytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of engine as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > maxInflatedBytes) {
        const most = maxInflatedBytes.toLocaleString("en-US");
        throw new AppError("inflated_too_large", `The inflated body may have at most ${most} bytes.`);
      }
      chunks.push(chunk);
    }
    // NUL bytes after its end are ignored, although they are not gzip.
    if (engine.bytesWritten === bytes.byteLength) return Buffer.concat(chunks, size);
  } catch (error) {
    if (error instanceof AppError) throw error;
  }
  throw new AppError("corrupt_gzip", "The body is not gzip, is truncated, or continues after its end.");
}

export function tooComplex(): AppError {
  const most = maxValues.toLocaleString("en-US");
  return new AppError(
    "body_too_complex",
    `The body may have at most ${most} values or lines, and an object at most 1,000 members. Send it in parts.`,
  );
}

/** @throws AppError invalid_json when the bytes are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const seen = isGzip
      ? "It starts like gzip, but has no Content-Encoding header."
      : `It is not UTF-8 (byte ${findInvalidUtf8(bytes, 0, bytes.byteLength)}).`;
    throw new AppError("invalid_json", `The body is not JSON. ${seen}`);
  }
}

/**
 * Parses bytes as JSON. Other requests get turns of the event loop between the steps.
 * @throws AppError as `decodeUtf8` and `parseJsonText`
 */
export async function parseJsonBytes(bytes: Uint8Array): Promise<unknown> {
  const text = decodeUtf8(bytes);
  if (bytes.byteLength > quickBytes) await nextTurn();
  return parseJsonText(text);
}

/** JSON of this size is always parsed within a few ms. */
export const quickBytes = 65_536;

/**
 * @param what names the text in errors
 * @throws AppError body_too_deep, body_too_complex, duplicate_key, invalid_json
 */
export function parseJsonText(text: string, what: "body" | "line" = "body"): unknown {
  const found = findJsonFault(text, maxDepth);
  if (found?.fault === "too_deep") {
    throw new AppError("body_too_deep", `The JSON is nested deeper than ${maxDepth} levels.`);
  }
  if (found?.fault === "too_complex") throw tooComplex();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.replace(/\p{C}/gu, " ") : "";
    throw new AppError("invalid_json", `The ${what} is not JSON${placeOf(text)}. ${reason}`);
  }
  if (found !== null) {
    const reason = `An object has the key ${showValue(found.key)} twice, so its value is ambiguous.`;
    throw new AppError("duplicate_key", reason, {
      faults: [{ code: "duplicate_key", reason, value: showValue(found.key) }],
    });
  }
  return value;
}

/** Whether a text could be continued to become JSON. */
function isJsonPrefix(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = /position (\d+)/.exec(error.message)?.[1];
    return /end of JSON|Unterminated/.test(error.message) || Number(at ?? NaN) >= text.length;
  }
}

/**
 * Where a text stops being the start of a JSON document. The parser does not always report it. Not searched in longer
 * texts, because that takes parsing them repeatedly.
 */
function placeOf(text: string): string {
  if (text.length > quickBytes) return "";
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isJsonPrefix(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return bad > text.length ? ` (it is truncated at position ${text.length})` : ` (position ${bad - 1})`;
}
