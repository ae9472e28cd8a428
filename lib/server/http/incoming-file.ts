import { AppError } from "@/lib/server/errors";
import { contentEncodingOf, mediaTypeOf } from "./body-bytes";
import { openFormFile, type IncomingFile } from "./form-file";
import { uploadBytes } from "./upload-body";
import type { ApiRequest } from "./api-request";

const takenAsFile = [
  "",
  "text/csv",
  "application/csv",
  "text/plain",
  "application/octet-stream",
  "application/gzip",
  "application/x-gzip",
];

/** What a form may contain beside the file. */
const formBytes = 64 * 1024;

/**
 * The file of a request: its raw body, or the one part of a multipart form. Reads nothing before `bytes` is read,
 * except the head of a form.
 * @throws AppError for what is not a file, and the errors of `form-file` and `upload-body` that are known at once
 */
export async function incomingFile(request: ApiRequest, maxBytes: number): Promise<IncomingFile> {
  const { headers } = request;
  const mediaType = mediaTypeOf(headers);
  const encoding = contentEncodingOf(headers, ["gzip"]);
  if (mediaType === "multipart/form-data") {
    if (encoding !== "identity") throw new AppError("unsupported_encoding", "Send a form without content encoding.");
    const contentType = headers.get("content-type") ?? "";
    const form = await openFormFile(uploadBytes(request, maxBytes + formBytes), contentType);
    return { ...form, fileName: toLabel(form.fileName) };
  }
  if (!takenAsFile.includes(mediaType)) {
    const remedy = "Send the file as text/csv or application/gzip, or as the one part of multipart/form-data.";
    throw new AppError("unsupported_media_type", remedy);
  }
  const bytes = uploadBytes(request, maxBytes);
  return {
    fileName: toLabel(nameInHeader(headers.get("content-disposition"))),
    bytes: encoding === "gzip" ? requireGzip(bytes) : bytes,
  };
}

/** The file name of a Content-Disposition header (RFC 6266). */
function nameInHeader(header: string | null): string | null {
  const encoded = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header ?? "")?.[1];
  try {
    if (encoded !== undefined) return decodeURIComponent(encoded);
  } catch {
    return null;
  }
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header ?? "");
  return plain?.[1]?.replace(/\\(.)/g, "$1") ?? plain?.[2] ?? null;
}

/** A name as a label: without control and direction characters, without a path, at most 120 characters. */
function toLabel(name: string | null): string | null {
  const label = (name ?? "")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .replace(/^.*[/\\]/, "")
    .trim();
  return label === "" || label === "." || label === ".." ? null : Array.from(label).slice(0, 120).join("");
}

/** Accepts gzip. @throws AppError corrupt_gzip for anything else */
async function* requireGzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const signature = [0x1f, 0x8b];
  let seen = 0;
  for await (const chunk of bytes) {
    for (let i = 0; i < chunk.length && seen < 2; i++, seen++) {
      if (chunk[i] !== signature[seen]) {
        throw new AppError("corrupt_gzip", "The Content-Encoding is gzip, but the body is not gzip.");
      }
    }
    yield chunk;
  }
  if (seen < 2) throw new AppError("corrupt_gzip", "The Content-Encoding is gzip, but the body is not gzip.");
}
