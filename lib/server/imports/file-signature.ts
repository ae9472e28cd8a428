import { FileFault } from "./file-fault";
import { textOf } from "@/lib/server/text/text-fields";

const expected = "expected comma-separated text";

const compressed = [
  ["a zip archive", [0x50, 0x4b, 0x03, 0x04]],
  ["an empty zip archive", [0x50, 0x4b, 0x05, 0x06]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["7-Zip", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ["gzip inside gzip", [0x1f, 0x8b]],
] as const;

const otherFiles = [
  ["a PDF", /^%PDF/],
  ["a program (ELF)", /^\x7fELF/],
  ["a SQLite database", /^SQLite format 3/],
  ["a Parquet file", /^PAR1/],
  ["a picture", /^(\x89PNG|\xff\xd8\xff|GIF8)/],
  ["an old Excel workbook", /^\xd0\xcf\x11\xe0/],
  ["a web page", /^\s*<(!doctype html|html|head|body)/i],
  ["XML", /^\s*<[?!a-z]/i],
  ["JSON", /^\s*[[{]/],
] as const;

/** Whether the file is gzip, by its first bytes. */
export function looksLikeGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/**
 * Checks the first 4 KiB of a file, inflated if it was gzip.
 * @returns length of the byte order mark to skip
 * @throws FileFault when this cannot be CSV in UTF-8, naming what it looks like
 */
export function checkFileSignature(head: Uint8Array): number {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, i) => head[i] === byte);
  if (head.length === 0) throw new FileFault("empty_file", "The file is empty.");
  if (begins([0xff, 0xfe]) || begins([0xfe, 0xff]) || begins([0, 0, 0xfe, 0xff])) {
    throw new FileFault("unsupported_encoding", "The file is UTF-16 or UTF-32; save it as CSV UTF-8.");
  }
  const mark = begins([0xef, 0xbb, 0xbf]) ? 3 : 0;
  // One character per byte, so that binary signatures can be written as patterns.
  const latin = Buffer.from(head.buffer, head.byteOffset, head.length).toString("latin1").slice(mark);
  if (latin.startsWith("PK\x03\x04") && /\[Content_Types\]\.xml|xl\//.test(latin)) {
    throw new FileFault("not_csv", `This looks like an Excel workbook (.xlsx); ${expected}.`);
  }
  for (const [name, signature] of compressed) {
    if (begins(signature)) {
      throw new FileFault("compressed_not_supported", `The file is compressed (${name}); only gzip is inflated.`);
    }
  }
  if (latin.startsWith("version https://git-lfs.github.com/spec/")) {
    throw new FileFault("git_lfs_pointer", "This is a Git LFS pointer, not the data: download the real file.");
  }
  for (const [name, pattern] of otherFiles) {
    if (pattern.test(latin)) throw new FileFault("not_csv", `This looks like ${name}; ${expected}.`);
  }
  if (latin.includes("\0")) {
    throw new FileFault("binary_file", `There are NUL bytes near the start: this is not text; ${expected}.`);
  }
  return mark;
}

/** The start of a row, for messages. */
export function rowHead(raw: Uint8Array): string {
  return textOf(raw, 0, Math.min(raw.length, 256));
}
