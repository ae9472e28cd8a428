import { describe, expect, it } from "vitest";
import { header, latin1, rejectsOf, row, send } from "./test-support/files";

/** Enough rows that one bad one among them does not make the file fail. */
const padded = (bad: string | Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(header + Array.from({ length: 40 }, row).join("")), Buffer.from(bad)]);

describe("a row that is rejected", () => {
  it.each<[string, string, string | Uint8Array, number]>([
    ["A6 a byte order mark inside", "bad_character", `\ufeff${header}`, 0],
    ["A12 Latin-1", "invalid_utf8", latin1("Caf\xe9,active,2023-01-24 09:06:42 UTC\n"), 3],
    ["A13 overlong", "invalid_utf8", latin1("a\xc0\x80,active,2023-01-24 09:06:42 UTC\n"), 1],
    ["A13 a surrogate", "invalid_utf8", latin1("a\xed\xa0\x80,active,2023-01-24 09:06:42 UTC\n"), 1],
    ["A13 past the last character", "invalid_utf8", latin1("\xf4\x90\x80\x80,active,2023-01-24 09:06:42 UTC\n"), 0],
    ["A13 cut off at the end", "invalid_utf8", latin1("abc,active,\xe2\x82"), 11],
    ["A22 a quote inside", "bad_quote", 'ab"c,active,2023-01-24 09:06:42 UTC\n', 2],
    ["A22 a space before a quote", "bad_quote", ' "abc",active,2023-01-24 09:06:42 UTC\n', 1],
    ["A22 text behind a quote", "bad_quote", '"ab"c,active,2023-01-24 09:06:42 UTC\n', 0],
    ["A23 a newline in a quoted id", "bad_store_id", '"ab\nc",active,2023-01-24 09:06:42 UTC\n', 0],
    ["A23 a CR in a quoted id", "bad_store_id", '"ab\rc",active,2023-01-24 09:06:42 UTC\n', 0],
    ["A23 a comma in a quoted id", "bad_store_id", '"ab,c",active,2023-01-24 09:06:42 UTC\n', 0],
    ["A23 a quote in a quoted id", "bad_store_id", '"a""b",active,2023-01-24 09:06:42 UTC\n', 0],
    ["A24 an endless line", "line_too_long", `${"x".repeat(1_000_000)},active,2023-01-24 09:06:42 UTC\n`, 0],
    ["A24 an endless line of short fields", "line_too_long", `${"x,".repeat(500_000)}\n`, 0],
    ["A25 100 fields", "wrong_column_count", `${"a,".repeat(99)}b\n`, 0],
    ["A25 an empty field at the end", "wrong_column_count", "abc,active,2023-01-24 09:06:42 UTC,\n", 0],
    ["A26 too few fields", "wrong_column_count", "abc,active\n", 0],
    ["A26 too many fields", "wrong_column_count", "abc,active,2023-01-24 09:06:42 UTC,1,2\n", 0],
    ["A26 fields that are all empty", "missing_store_id", ",,\n", 0],
    ["A26 two rows with NEL between them", "wrong_column_count", "a,active,x\u0085b,active,x\n", 0],
    ["A27 the end mark of DOS", "wrong_column_count", "\x1a", 0],
    ["A27 the end mark of COPY", "wrong_column_count", "\\.\n", 0],
    ["A27 the null mark of COPY", "bad_store_id", "\\N,active,2023-01-24 09:06:42 UTC\n", 0],
    ["A28 a comment inside", "wrong_column_count", "# Generated at noon\n", 0],
    ["B9 the header again", "repeated_header", header, 0],
    ["B9 the header again, in another case", "repeated_header", header.toUpperCase(), 0],
  ])("%s: %s", async (_, code, bad, at) => {
    const bytes = padded(bad);
    const sent = await send("polls", bytes);
    expect(sent.outcome).toBe("complete_with_rejects");
    expect(sent.import?.counts).toMatchObject({ accepted: 40, rejected: 1, rows: 41, blank: 0 });
    const offset = bytes.length - Buffer.from(bad).length;
    expect(await rejectsOf(sent)).toMatchObject([{ code, line: 42, byteOffset: offset + at }]);
  });

  it("A14 a NUL, and a tail of NULs as left by a crashed copy, past the first 4 KiB", async () => {
    const rows = header + Array.from({ length: 100 }, row).join("");
    const inside = await send("polls", `${rows}a\0b,active,2023-01-24 09:06:42 UTC\n${row()}`);
    expect(inside.import?.counts).toMatchObject({ accepted: 101, rejected: 1 });
    expect(await rejectsOf(inside)).toMatchObject([{ code: "nul_byte", line: 102, byteOffset: rows.length + 1 }]);
    const tail = await send("polls", Buffer.concat([Buffer.from(rows + row()), Buffer.alloc(2_000_000)]));
    expect(tail.import?.counts).toMatchObject({ accepted: 1, duplicate: 100, rejected: 1 });
    expect(await rejectsOf(tail)).toMatchObject([{ code: "nul_byte", line: 103 }]);
  });

  it("A23 and A24 keep the right numbers for the lines after them", async () => {
    const rows = Array.from({ length: 60 }, row).join("");
    const long = `${"y".repeat(300_000)}\n`;
    const sent = await send("polls", `${header}"a\nb\r\nc\rd",active,x\n${long}?,active,x\n${rows}`);
    expect(await rejectsOf(sent)).toMatchObject([
      { code: "bad_store_id", line: 2 },
      { code: "line_too_long", line: 6 },
      { code: "bad_store_id", line: 7 },
    ]);
  });

  it("lists at most 10,000 of them and counts all", async () => {
    const sent = await send("polls", header + "?,active,x\n".repeat(10_500));
    expect(sent).toMatchObject({ outcome: "failed", code: "too_many_rejects" });
    expect(sent.import?.counts?.rejected).toBe(10_500);
    expect(await rejectsOf(sent)).toHaveLength(10_000);
  });
});
