import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { FileFaultCode } from "./file-fault";
import type { WarningCode } from "./import-warnings";
import type { RowFaultCode } from "@/lib/server/text/row-faults";
import { readBytes } from "./test-support/read-bytes";

const header = "store_id,status,timestamp_utc\n";
const row = "8419537941919820732,active,2023-01-24 09:06:42.605777 UTC\n";
const good = header + row;

/** Bytes, one per character: for what is not UTF-8. */
function latin1(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

describe("a file that is no file of polls", () => {
  it.each<[string, FileFaultCode, string | Uint8Array]>([
    ["A1 no byte", "empty_file", ""],
    ["A2 blank lines alone", "empty_file", "\n\n\n"],
    ["A2 blank lines alone, CRLF", "empty_file", "\r\n \r\n\t\r\n"],
    ["A1 a byte order mark alone", "empty_file", "\ufeff"],
    ["A4 no header", "missing_header", row],
    ["A6 two byte order marks", "unknown_column", `\ufeff\ufeff${good}`],
    ["A11 UTF-16 LE", "unsupported_encoding", Buffer.concat([latin1("\xff\xfe"), Buffer.from(good, "utf16le")])],
    ["A11 UTF-16 BE", "unsupported_encoding", latin1("\xfe\xff\0s\0t\0o")],
    ["A12 a header in Latin-1", "invalid_utf8", latin1(`caf\xe9,${good}`)],
    ["A14 NULs alone", "binary_file", new Uint8Array(10_000)],
    ["A14 a NUL within 4 KiB", "binary_file", `${good}a\0b,active,2023-01-24 09:06:42 UTC\n`],
    ["A15 a Git LFS pointer", "git_lfs_pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n"],
    ["A16 a web page", "not_csv", "<!DOCTYPE html><html><body>download anyway</body></html>"],
    ["A16 a web page after a blank line", "not_csv", "\n  <HTML>"],
    ["A16 JSON", "not_csv", '{"status":"Running"}'],
    ["A16 JSON after a byte order mark", "not_csv", "\ufeff [1]"],
    ["A16 a PDF", "not_csv", "%PDF-1.7\n"],
    ["A16 an Excel workbook", "not_csv", latin1("PK\x03\x04\x14\0\x06\0[Content_Types].xml")],
    ["A16 an ELF program", "not_csv", latin1("\x7fELF\x02\x01")],
    ["A18 gzip in gzip", "compressed_not_supported", gzipSync(gzipSync(good))],
    ["A18 gzip that was cut off", "corrupt_gzip", gzipSync(good.repeat(50)).subarray(0, -12)],
    ["A18 gzip with other bytes behind it", "corrupt_gzip", Buffer.concat([gzipSync(good), latin1("garbage")])],
    ["A18 gzip that inflates too far", "inflated_too_large", gzipSync(new Uint8Array(20_000_000).fill(65))],
    ["A19 a zip archive", "compressed_not_supported", latin1("PK\x03\x04\x14\0\0\0polls.csv")],
    ["A20 semicolons", "wrong_delimiter", good.replaceAll(",", ";")],
    ["A20 tabs", "wrong_delimiter", good.replaceAll(",", "\t")],
    ["A21 a quote that stays open", "unclosed_quote", `${good}"abc,active,2023-01-24 09:06:42 UTC\n${row}`],
    ["A24 a quoted field past the longest line", "line_too_long", `${good}"${"x".repeat(1_000_000)}",active,x\n`],
    ["A24 a header without end", "line_too_long", "x".repeat(70_000)],
    ["A25 10,000 columns", "too_many_columns", `${"c,".repeat(10_000)}store_id\n`],
    ["A25 100,000 columns", "too_many_columns", `${"c,".repeat(100_000)}store_id\n`],
    ["A28 a comment above the header", "missing_header", `# Generated at noon\n${good}`],
    ["A31 hours", "wrong_file_kind", "store_id,dayOfWeek,start_time_local,end_time_local\n"],
    ["A31 time zones", "wrong_file_kind", "store_id,timezone_str\n"],
    ["B5 a column is missing", "missing_column", "store_id,timestamp_utc\n"],
    ["B6 a column twice", "duplicate_column", "store_id,store_id,status,timestamp_utc\n"],
    ["B7 a column under two names", "duplicate_column", "store_id,status,timestamp,timestamp_utc\n"],
  ])("%s: %s", async (_, code, bytes) => {
    const read = await readBytes("polls", bytes);
    expect(read.error).toBe(code);
    expect(read.detail).not.toBe("");
  });

  it("A21 names the line where the quote opens, however long the file is", async () => {
    const text = `${header}${row.repeat(499)}"abc,active,x\n${row.repeat(3_000)}`;
    expect(await readBytes("polls", text)).toMatchObject({ error: "unclosed_quote", errorLine: 501 });
  });

  it("A16 and A31 say what the file looks like", async () => {
    expect((await readBytes("polls", "%PDF-1.7")).detail).toContain("a PDF");
    expect((await readBytes("polls", "store_id,timezone_str\n")).detail).toContain("looks like time zones");
    expect((await readBytes("polls", good.replaceAll(",", ";"))).detail).toContain("Found ';'");
    expect((await readBytes("polls", row)).detail).toContain("store_id,status,timestamp_utc");
    expect((await readBytes("polls", "store_id,status\n")).detail).toContain("timestamp_utc");
  });

  it("rejects a file past the limit while it arrives", async () => {
    const read = await readBytes("polls", header + row.repeat(100), { pieceSize: 100, limits: { bytes: 1_000 } });
    expect(read.error).toBe("file_too_large");
  });
});

describe("a file that is accepted", () => {
  it.each<[string, string | Uint8Array, readonly WarningCode[]]>([
    ["A5 a byte order mark", `\ufeff${good}`, []],
    ["A7 CRLF", good.replaceAll("\n", "\r\n"), []],
    ["A8 CR alone", good.replaceAll("\n", "\r"), []],
    ["A9 both", header.replace("\n", "\r\n") + row, ["mixed_line_ends"]],
    ["A10 no final newline", good.trimEnd(), []],
    ["A10 no final newline, CR ends", good.trimEnd().replaceAll("\n", "\r"), []],
    ["A17 gzip", gzipSync(good), []],
    ["A18 gzip of several members", Buffer.concat([gzipSync(header), gzipSync(row)]), []],
    ["A20 tabs after the commas of the header", good.replace(",status,", ",\tstatus,\t"), ["header_spelling"]],
    ["A25 a column without a name at the end", good.replaceAll("\n", ",\n"), ["ignored_columns"]],
    ["B2 other order", "timestamp_utc,store_id,status\n2023-01-24 09:06:42.605 UTC,8419537941919820732,active\n", []],
    ["B3 other case and spaces", good.replace("store_id,", "Store ID ,"), ["header_spelling"]],
    ["B4 unknown columns", `,region,${header}0,west,${row}`, ["ignored_columns"]],
    ["B8 names that objects have", `__proto__,constructor,toString,${header}1,2,3,${row}`, ["ignored_columns"]],
    ["B10 quoted header", good.replace("store_id", '"store_id"'), []],
    ["A23 quoted fields", header + row.replace(/[^,\n]+/g, '"$&"'), []],
  ])("%s", async (_, bytes, warnings) => {
    const read = await readBytes("polls", bytes);
    expect(read).toMatchObject({ error: null, rejects: [], rows: 1, stores: ["8419537941919820732"] });
    expect(read.staged).toEqual([[0, Date.UTC(2023, 0, 24, 9, 6, 42, 605), 1]]);
    expect(read.warnings).toEqual(warnings);
  });

  it("A3 has a header and no row: nothing, with a warning", async () => {
    for (const text of [header, header.trimEnd(), `${header}\n\n`]) {
      expect(await readBytes("polls", text)).toMatchObject({ error: null, staged: [], warnings: ["no_rows"] });
    }
  });

  it("counts blank lines separately, wherever they are", async () => {
    const read = await readBytes("polls", `\n${header}\n${row}  \n${row}\n`);
    expect(read).toMatchObject({ error: null, rows: 6, blank: 4, rejects: [] });
  });

  it.each([
    ["day", "B1"],
    ["dayOfWeek", "B1"],
    ["day_of_week", "B1"],
    ["dayofweek", "B1"],
  ])("accepts %s as the day (%s)", async (name) => {
    const read = await readBytes("hours", `store_id,${name},start_time_local,end_time_local\n1,6,09:00:00,17:00:00\n`);
    expect(read).toMatchObject({ error: null, warnings: [], staged: [[0, 6, 32_400, 61_200]] });
  });
});

describe("a row that is rejected", () => {
  const offset = Buffer.byteLength(good);
  it.each<[string, RowFaultCode, string | Uint8Array, number]>([
    ["A6 a byte order mark inside", "bad_character", `\ufeff${header}`, 0],
    ["A12 Latin-1", "invalid_utf8", latin1("Caf\xe9,active,2023-01-24 09:06:42 UTC\n"), 3],
    ["A13 overlong", "invalid_utf8", latin1("a\xc0\x80,active,2023-01-24 09:06:42 UTC\n"), 1],
    ["A13 a surrogate", "invalid_utf8", latin1("a\xed\xa0\x80,active,2023-01-24 09:06:42 UTC\n"), 1],
    ["A13 cut off at the end", "invalid_utf8", latin1("abc,active,\xe2\x82"), 11],
    ["A22 a quote inside", "bad_quote", 'ab"c,active,2023-01-24 09:06:42 UTC\n', 2],
    ["A22 text behind a quote", "bad_quote", '"ab"c,active,2023-01-24 09:06:42 UTC\n', 0],
    ["A23 a newline in a quoted id", "bad_store_id", '"ab\nc",active,2023-01-24 09:06:42 UTC\n', 0],
    ["A23 a quote in a quoted id", "bad_store_id", '"a""b",active,2023-01-24 09:06:42 UTC\n', 0],
    ["A24 an endless line", "line_too_long", `${"x".repeat(1_000_000)},active,2023-01-24 09:06:42 UTC\n`, 0],
    ["A26 too few fields", "wrong_column_count", "abc,active\n", 0],
    ["A26 too many fields", "wrong_column_count", "abc,active,2023-01-24 09:06:42 UTC,\n", 0],
    ["A25 100 fields", "wrong_column_count", `${"a,".repeat(99)}b\n`, 0],
    ["A27 the end mark of COPY", "wrong_column_count", "\\.\n", 0],
    ["A27 the null mark of COPY", "bad_store_id", "\\N,active,2023-01-24 09:06:42 UTC\n", 0],
    ["A28 a comment inside", "wrong_column_count", "# Generated at noon\n", 0],
    ["B9 the header again", "repeated_header", header, 0],
  ])("%s: %s", async (_, code, bad, at) => {
    const bytes = Buffer.concat([Buffer.from(good), typeof bad === "string" ? Buffer.from(bad) : bad]);
    for (const pieceSize of [65_536, 1_000, 7, 1]) {
      const read = await readBytes("polls", bytes, { pieceSize });
      expect(read).toMatchObject({ error: null, rows: 2, blank: 0, stores: ["8419537941919820732"] });
      expect(read.rejects).toMatchObject([{ code, line: 3, offset: offset + at }]);
    }
  });

  it("A14 a NUL, and a sparse tail of NULs, past the first 4 KiB", async () => {
    const text = header + row.repeat(100);
    const inside = await readBytes("polls", `${text}a\0b,active,2023-01-24 09:06:42 UTC\n${row}`);
    expect(inside.rejects).toMatchObject([{ code: "nul_byte", line: 102, offset: text.length + 1 }]);
    expect(inside.rows).toBe(102);
    const tail = await readBytes("polls", Buffer.concat([Buffer.from(text), new Uint8Array(2_000_000)]));
    expect(tail.rejects).toMatchObject([{ code: "nul_byte", line: 102, offset: text.length }]);
  });

  it("A23 counts physical lines through quoted line ends of every kind", async () => {
    const read = await readBytes("polls", `${header}"a\nb\r\nc\rd",active,x\nbad id,active,x\n`);
    expect(read.rejects).toMatchObject([{ line: 2 }, { line: 6 }]);
  });

  it("A24 continues after an endless line, with the right line and offset", async () => {
    const long = `${"y".repeat(300_000)}\n`;
    const read = await readBytes("polls", `${good}${long}${row}?,active,x\n`);
    expect(read.rejects).toMatchObject([
      { code: "line_too_long", line: 3, offset },
      { code: "bad_store_id", line: 5, offset: offset + long.length + row.length },
    ]);
    expect(read.staged).toHaveLength(2);
  });

  it("limits a field that is not used, too", async () => {
    const read = await readBytes("polls", `x,${header}${"z".repeat(5_000)},${row}`);
    expect(read.rejects).toMatchObject([{ code: "field_too_long" }]);
  });

  it("A13 accepts a character of three bytes that two chunks share", async () => {
    const bytes = Buffer.from(`note,${header}€,${row}`);
    for (let size = 1; size < 5; size++) {
      expect(await readBytes("polls", bytes, { pieceSize: size })).toMatchObject({ error: null, rejects: [], rows: 1 });
    }
  });
});
