import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { digestOf, good, header, latin1, row, send, type SendOptions } from "./test-support/files";

const utf16 = (text: string, bigEndian: boolean, mark = true): Buffer => {
  const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
};

describe("a file of which nothing is imported", () => {
  it.each<[string, string, string | Uint8Array, SendOptions?]>([
    ["A1 no byte", "empty_file", ""],
    ["A1 gzip of no byte", "empty_file", gzipSync("")],
    ["A1 a byte order mark alone", "empty_file", "\ufeff"],
    ["A2 blank lines alone", "empty_file", "\n\n\n"],
    ["A2 blank lines of every kind", "empty_file", "\r\n \r\n\t\r\n\n\r"],
    ["A4 no header", "missing_header", row()],
    ["A6 two byte order marks", "unknown_column", `\ufeff\ufeff${good()}`],
    ["A11 UTF-16 LE", "unsupported_encoding", utf16(good(), false)],
    ["A11 UTF-16 BE", "unsupported_encoding", utf16(good(), true)],
    ["A11 UTF-16 LE without a mark", "binary_file", utf16(good(), false, false)],
    ["A11 UTF-32", "unsupported_encoding", latin1("\0\0\xfe\xff\0\0\0s")],
    ["A11 UTF-16 LE in gzip", "unsupported_encoding", gzipSync(utf16(good(), false))],
    ["A12 a header in Latin-1", "invalid_utf8", latin1(`caf\xe9,${good()}`)],
    ["A14 NULs alone", "binary_file", new Uint8Array(10_000)],
    ["A14 a NUL within 4 KiB", "binary_file", `${good()}a\0b,active,2023-01-24 09:06:42 UTC\n`],
    ["A15 a Git LFS pointer", "git_lfs_pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n"],
    ["A16 a web page", "not_csv", "<!DOCTYPE html><html><body>download anyway</body></html>"],
    ["A16 a web page behind blanks", "not_csv", "\n  <HTML>"],
    ["A16 JSON", "not_csv", '{"status":"Running"}'],
    ["A16 JSON lines", "not_csv", '{"store_id":"a"}\n{"store_id":"b"}\n'],
    ["A16 XML", "not_csv", '<?xml version="1.0"?><polls/>'],
    ["A16 a PDF", "not_csv", "%PDF-1.7\n"],
    ["A16 an Excel workbook", "not_csv", latin1("PK\x03\x04\x14\0\x06\0[Content_Types].xml")],
    ["A16 an ELF program", "not_csv", latin1("\x7fELF\x02\x01")],
    ["A16 a web page in gzip", "not_csv", gzipSync("<!DOCTYPE html>")],
    ["A18 a bomb", "inflated_too_large", gzipSync(Buffer.alloc(200_000_000, "a"))],
    ["A18 a bomb of short lines", "inflated_too_large", gzipSync(header + "\n".repeat(100_000_000))],
    ["A18 gzip in gzip", "compressed_not_supported", gzipSync(gzipSync(good()))],
    [
      "A18 gzip cut off in its data",
      "corrupt_gzip",
      gzipSync(header + randomBytes(5_000).toString("hex")).subarray(0, 2_000),
    ],
    ["A18 gzip cut off in its trailer", "corrupt_gzip", gzipSync(good()).subarray(0, -1)],
    ["A18 gzip cut off in its header", "corrupt_gzip", gzipSync(good()).subarray(0, 5)],
    ["A18 the signature of gzip alone", "corrupt_gzip", Uint8Array.of(0x1f, 0x8b)],
    ["A18 gzip with a wrong checksum", "corrupt_gzip", flipped(gzipSync(good()), -6)],
    ["A18 gzip with garbage behind it", "corrupt_gzip", Buffer.concat([gzipSync(good()), latin1("garbage")])],
    ["A18 gzip with one byte behind it", "corrupt_gzip", Buffer.concat([gzipSync(good()), latin1("x")])],
    ["A18 gzip with NULs behind it", "corrupt_gzip", Buffer.concat([gzipSync(good()), Buffer.alloc(512)])],
    ["A18 gzip with a signature behind it", "corrupt_gzip", Buffer.concat([gzipSync(good()), Buffer.of(0x1f, 0x8b)])],
    [
      "A18 gzip, the second member cut off",
      "corrupt_gzip",
      Buffer.concat([gzipSync(header), gzipSync(row()).subarray(0, -4)]),
    ],
    ["A19 a zip archive", "compressed_not_supported", latin1("PK\x03\x04\x14\0\0\0polls.csv")],
    ["A19 a zip archive without entries", "compressed_not_supported", latin1(`PK\x05\x06${"\0".repeat(18)}`)],
    ["A19 a path out of the folder in a zip archive", "compressed_not_supported", latin1("PK\x03\x04../../etc/passwd")],
    ["A19 bzip2", "compressed_not_supported", latin1("BZh91AY&SY")],
    ["A19 zstd", "compressed_not_supported", latin1("\x28\xb5\x2f\xfd")],
    ["A20 semicolons", "wrong_delimiter", good().replaceAll(",", ";")],
    ["A20 tabs", "wrong_delimiter", good().replaceAll(",", "\t")],
    ["A20 bars", "wrong_delimiter", good().replaceAll(",", "|")],
    ["A21 a quote that stays open", "unclosed_quote", `${good()}"abc,active,2023-01-24 09:06:42 UTC\n${row()}`],
    ["A21 a quote that opens in the last byte", "unclosed_quote", `${good()}"`],
    ["A21 a quote that opens in the header", "unclosed_quote", `"${good()}`],
    ["A21 a quote that opens in the last field", "unclosed_quote", `${good()}abc,active,"2023-01-24 09:06:42 UTC`],
    ["A24 a quoted field past the longest line", "line_too_long", `${good()}"${"x".repeat(1_000_000)}",active,x\n`],
    ["A24 a header without end", "line_too_long", "x".repeat(70_000)],
    ["A25 10,000 columns", "too_many_columns", `${"c,".repeat(10_000)}store_id\n`],
    ["A25 65 columns", "too_many_columns", `${"c,".repeat(62)}${header}`],
    ["A28 a comment above the header", "missing_header", `# Generated at noon\n${good()}`],
    ["A28 the line that tells Excel its delimiter", "missing_header", `sep=,\n${good()}`],
    ["A30 a wrong Repr-Digest", "digest_mismatch", good(), { headers: { "repr-digest": digestOf("other") } }],
    ["A30 a wrong Content-Digest", "digest_mismatch", good(), { headers: { "content-digest": digestOf("other") } }],
    ["A30 a digest of no kind known", "invalid_digest", good(), { headers: { "repr-digest": "md5=:AAAA:" } }],
    ["A31 hours", "wrong_file_kind", "store_id,dayOfWeek,start_time_local,end_time_local\n"],
    ["A31 time zones", "wrong_file_kind", "store_id,timezone_str\n"],
    ["B5 a column is missing", "missing_column", "store_id,timestamp_utc\n"],
    ["B6 a column twice", "duplicate_column", "store_id,store_id,status,timestamp_utc\n"],
    ["B7 a column under two names", "duplicate_column", "store_id,status,timestamp,timestamp_utc\n"],
    ["B7 a column in two cases", "duplicate_column", "store_id,Store_ID,status,timestamp_utc\n"],
  ])("%s: %s", async (_, code, bytes, options = {}) => {
    const sent = await send("polls", bytes, options);
    expect(sent.code).toBe(code);
    expect(sent.outcome).toMatch(sent.import === null ? /^4/ : /^failed$/);
    expect(sent.detail.length).toBeGreaterThan(15);
    if (sent.import !== null) expect(sent.import.counts).toMatchObject({ accepted: 0, duplicate: 0, conflicting: 0 });
  });

  it("B7 has two columns for the day: duplicate_column", async () => {
    const sent = await send("hours", "store_id,day,dayOfWeek,start_time_local,end_time_local\n1,0,0,09:00,17:00\n");
    expect(sent.code).toBe("duplicate_column");
  });

  it("A4, A16, A20 and A31 name what was expected and what was found", async () => {
    expect((await send("polls", "a,b\n1,2\n")).detail).toMatch(/store_id,status,timestamp_utc.*a,b/);
    expect((await send("polls", "%PDF-1.7")).detail).toContain("a PDF");
    expect((await send("polls", good().replaceAll(",", ";"))).detail).toContain("Found ';'");
    expect((await send("polls", "store_id,timezone_str\n")).detail).toContain("looks like time zones");
    expect((await send("timezones", good())).code).toBe("wrong_file_kind");
    expect((await send("hours", "store_id,timezone_str\n")).code).toBe("wrong_file_kind");
  });

  it("A21 names the line where the quote opens", async () => {
    const rows = Array.from({ length: 499 }, row).join("");
    const sent = await send("polls", `${header}${rows}"abc,active,x\n${rows}`);
    expect(sent.import?.error).toMatchObject({ code: "unclosed_quote", line: 501 });
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = (at + copy.length) % copy.length;
  copy[index] = (copy[index] ?? 0) ^ 0xff;
  return copy;
}
