import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { StoreDetailSchema } from "@/lib/contract/stores";
import { ask, bodyOf, raw } from "./test-support/http";
import { fate, rejectsOf, send, type SendOptions, good, header, row } from "./test-support/files";

/** Enough rows that one bad one among them does not fail the file. */
const padded = (bad: string | Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(header + Array.from({ length: 40 }, row).join("")), Buffer.from(bad)]);
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const utf16 = (text: string, bigEndian: boolean, mark = true): Buffer => {
  const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
};

describe("a file of which nothing is kept", () => {
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
    ["A30 a wrong Repr-Digest", "digest_mismatch", good(), { headers: { "repr-digest": digest("other") } }],
    ["A30 a wrong Content-Digest", "digest_mismatch", good(), { headers: { "content-digest": digest("other") } }],
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

  it("B7 names the day under two names: duplicate_column", async () => {
    const sent = await send("hours", "store_id,day,dayOfWeek,start_time_local,end_time_local\n1,0,0,09:00,17:00\n");
    expect(sent.code).toBe("duplicate_column");
  });

  it("A4, A16, A20 and A31 say what is expected and what was seen", async () => {
    expect((await send("polls", "a,b\n1,2\n")).detail).toMatch(/store_id,status,timestamp_utc.*a,b/);
    expect((await send("polls", "%PDF-1.7")).detail).toContain("a PDF");
    expect((await send("polls", good().replaceAll(",", ";"))).detail).toContain("Found ';'");
    expect((await send("polls", "store_id,timezone_str\n")).detail).toContain("looks like time zones");
    expect((await send("timezones", good())).code).toBe("wrong_file_kind");
    expect((await send("hours", "store_id,timezone_str\n")).code).toBe("wrong_file_kind");
  });

  it("A21 names the line on which the quote opens", async () => {
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

function digest(text: string): string {
  return `sha-256=:${createHash("sha256").update(text).digest("base64")}:`;
}

describe("a file that is taken", () => {
  it.each<[string, (header: string, row: string) => string | Uint8Array, readonly string[]]>([
    ["A5 a byte order mark", (head, one) => `\ufeff${head}${one}`, []],
    ["A5 a byte order mark in gzip", (head, one) => gzipSync(`\ufeff${head}${one}`), []],
    ["A7 CRLF", (head, one) => (head + one).replaceAll("\n", "\r\n"), []],
    ["A8 CR alone", (head, one) => (head + one).replaceAll("\n", "\r"), []],
    ["A9 CRLF and LF", (head, one) => head.replace("\n", "\r\n") + one, ["mixed_line_ends"]],
    ["A9 CR and LF", (head, one) => head.replace("\n", "\r") + one, ["mixed_line_ends"]],
    ["A10 no final newline", (head, one) => (head + one).trimEnd(), []],
    ["A10 no final newline, CRLF", (head, one) => (head + one).trimEnd().replaceAll("\n", "\r\n"), []],
    ["A17 gzip", (head, one) => gzipSync(head + one), []],
    ["A18 gzip of several members", (head, one) => Buffer.concat([gzipSync(head), gzipSync(one)]), []],
    [
      "A18 gzip with empty members",
      (head, one) => Buffer.concat(["", head, "", one, ""].map((text) => gzipSync(text))),
      [],
    ],
    ["A20 tabs behind the commas of the header", (head, one) => head.replaceAll(",", ",\t") + one, ["header_spelling"]],
    ["A23 quoted fields", (head, one) => head + one.replace(/[^,\n]+/g, '"$&"'), []],
    ["A25 an empty column at the end", (head, one) => (head + one).replaceAll("\n", ",\n"), ["ignored_columns"]],
    [
      "B2 another order",
      (_, one) => `timestamp_utc,status,store_id\n${one.trim().split(",").toReversed().join(",")}`,
      [],
    ],
    ["B3 another case", (head, one) => head.replace("store_id", "Store_ID") + one, ["header_spelling"]],
    ["B3 spaces round", (head, one) => head.replace("store_id", " store_id ") + one, ["header_spelling"]],
    ["B3 a space inside", (head, one) => head.replace("store_id", "store id") + one, ["header_spelling"]],
    ["B4 unknown columns", (head, one) => `,region,${head}0,west,${one}`, ["ignored_columns"]],
    [
      "B8 names that objects have",
      (head, one) => `__proto__,constructor,toString,${head}1,2,3,${one}`,
      ["ignored_columns"],
    ],
    ["B10 a quoted header", (head, one) => head.replace("store_id", '"store_id"') + one, []],
  ])("%s", async (_, write, warnings) => {
    const sent = await send("polls", write(header, row()));
    expect(sent).toMatchObject({ outcome: "complete", code: null, warnings });
    expect(sent.import?.counts).toMatchObject({ rows: 1, accepted: 1, rejected: 0 });
  });

  it.each<["hours" | "polls" | "timezones", string, string]>([
    ["hours", "day", "day"],
    ["hours", "day", "dayOfWeek"],
    ["hours", "day", "day_of_week"],
    ["hours", "day", "dayofweek"],
    ["polls", "timestamp_utc", "timestamp"],
    ["timezones", "timezone_str", "timezone"],
    ["timezones", "timezone_str", "time_zone"],
  ])("B1 takes a file of %s whose %s is called %s", async (kind, column, name) => {
    const store = `b1-${name}`;
    const files = {
      hours: `store_id,day,start_time_local,end_time_local\n${store},6,09:00,17:00\n`,
      polls: `store_id,status,timestamp_utc\n${store},active,2023-01-24 09:06:42 UTC\n`,
      timezones: `store_id,timezone_str\n${store},America/Denver\n`,
    };
    const sent = await send(kind, files[kind].replace(`,${column}`, `,${name}`));
    expect(sent).toMatchObject({ outcome: "complete", warnings: [] });
    expect(sent.import?.counts).toMatchObject({ rows: 1, accepted: 1 });
    const found = bodyOf(await ask(`/api/v1/stores/${store}`), StoreDetailSchema);
    if (kind === "hours") expect(found.business_hours).toEqual([{ day: 6, start: "09:00:00", end: "17:00:00" }]);
    if (kind === "polls") expect(found.last_poll_at).toBe("2023-01-24T09:06:42.000Z");
    if (kind === "timezones") expect(found.time_zone).toBe("America/Denver");
  });

  it.each([
    ["polls", "timestamp_utc", "TimestampUTC"],
    ["hours", "start_time_local", "startTimeLocal"],
    ["stores", "name", "store name"],
    ["stores", "group", "group_name"],
    ["exceptions", "date", "local_date"],
  ] as const)("B1 and B3 takes a file of %s whose %s is spelt %s, and says so", async (kind, column, name) => {
    const store = `b3-${name.replace(/\W/g, "-")}`;
    const files = {
      hours: `store_id,day,start_time_local,end_time_local\n${store},6,09:00,17:00\n`,
      polls: `store_id,status,timestamp_utc\n${store},active,2023-01-24 09:06:42 UTC\n`,
      stores: `store_id,name,group\n${store},Main Street,West\n`,
      exceptions: `store_id,date,start_time_local,end_time_local\n${store},2023-12-25,,\n`,
    };
    const sent = await send(kind, files[kind].replace(`,${column}`, `,${name}`));
    expect(sent).toMatchObject({ outcome: "complete", warnings: ["header_spelling"] });
    expect(sent.import?.counts).toMatchObject({ rows: 1, accepted: 1 });
  });

  it("A3 has a header and no row: complete, with a warning, and hours stay as they were", async () => {
    const hours = "store_id,day,start_time_local,end_time_local\n";
    expect(await send("hours", `${hours}a3-store,0,09:00:00,17:00:00\n`)).toMatchObject({ outcome: "complete" });
    for (const text of [hours, hours.trimEnd(), `${hours}\n\n`]) {
      const sent = await send("hours", text);
      expect(sent).toMatchObject({ outcome: "complete", warnings: ["no_rows"] });
      expect(sent.import?.counts).toMatchObject({ accepted: 0, rejected: 0 });
    }
    const store = bodyOf(await ask("/api/v1/stores/a3-store"), StoreDetailSchema);
    expect(store.business_hours).toEqual([{ day: 0, start: "09:00:00", end: "17:00:00" }]);
  });

  it("A13 holds a character of three bytes wherever the upload is cut", async () => {
    const text = Buffer.from(`note,${header}€,${row()}`);
    const cut = text.indexOf(Buffer.from("€"));
    for (const at of [cut, cut + 1, cut + 2, cut + 3]) {
      const head = `POST /api/v1/imports/polls HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: ${text.length}\r\n\r\n`;
      const sent = await fate(await raw([head, text.subarray(0, at), text.subarray(at)]));
      expect(sent).toMatchObject({ outcome: "complete", warnings: ["ignored_columns"] });
    }
  });

  it("A30 fits the digests that come with it", async () => {
    const text = good();
    const headers = { "repr-digest": digest(text), "content-digest": digest(text) };
    const sent = await send("polls", text, { headers });
    expect(sent.outcome).toBe("complete");
    expect(sent.import?.sha256).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it("A32 counts the same file again as duplicates alone", async () => {
    const text = header + Array.from({ length: 10 }, row).join("");
    expect((await send("polls", text)).import?.counts).toMatchObject({ accepted: 10, duplicate: 0 });
    expect((await send("polls", text)).import?.counts).toMatchObject({ accepted: 0, duplicate: 10, conflicting: 0 });
    const keyed = { headers: { "idempotency-key": `a32-${process.pid}` } };
    const ids = [await send("polls", text, keyed), await send("polls", text, keyed)].map((sent) => sent.import?.id);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe("a row that is not taken", () => {
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

  it("A14 a NUL, and a tail of NULs as a crashed copy leaves it, past the first 4 KiB", async () => {
    const rows = header + Array.from({ length: 100 }, row).join("");
    const inside = await send("polls", `${rows}a\0b,active,2023-01-24 09:06:42 UTC\n${row()}`);
    expect(inside.import?.counts).toMatchObject({ accepted: 101, rejected: 1 });
    expect(await rejectsOf(inside)).toMatchObject([{ code: "nul_byte", line: 102, byteOffset: rows.length + 1 }]);
    const tail = await send("polls", Buffer.concat([Buffer.from(rows + row()), Buffer.alloc(2_000_000)]));
    expect(tail.import?.counts).toMatchObject({ accepted: 1, duplicate: 100, rejected: 1 });
    expect(await rejectsOf(tail)).toMatchObject([{ code: "nul_byte", line: 103 }]);
  });

  it("A23 and A24 leave the lines behind them their right numbers", async () => {
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
