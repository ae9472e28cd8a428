import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CsvScanner } from "./csv-scanner";
import { FileFault } from "./file-fault";
import { findInvalidUtf8 } from "@/lib/server/text/utf8";

interface Scan {
  readonly rows: readonly (readonly string[])[];
  /** Line, byte and raw bytes of every row, including blank and damaged ones. */
  readonly places: readonly (readonly [line: number, offset: number, raw: string])[];
  readonly damage: readonly string[];
  readonly fault: string | null;
}

/** Scans `bytes` in pieces of the given sizes, repeated; blank rows are left out of `rows`. */
function scan(bytes: Uint8Array, sizes: readonly number[], windowBytes?: number): Scan {
  const csv = new CsvScanner(windowBytes);
  const rows: string[][] = [];
  const places: [number, number, string][] = [];
  const damage: string[] = [];
  const read = (): void => {
    for (let token = csv.next(); token !== "more" && token !== "end"; token = csv.next()) {
      places.push([csv.line, csv.rowOffset, Buffer.from(csv.raw).toString().slice(0, 256)]);
      if (token === "damaged") damage.push(csv.damage);
      if (token !== "row") continue;
      const fields = Array.from({ length: csv.fieldCount }, (_, i) => csv.bytes.subarray(csv.starts[i], csv.ends[i]));
      rows.push(fields.map((field) => Buffer.from(field).toString()));
    }
  };
  try {
    for (let at = 0, piece = 0; at < bytes.length; piece++) {
      const chunk = bytes.subarray(at, at + (sizes[piece % sizes.length] ?? 1));
      for (let from = 0; from < chunk.length;) {
        from += csv.fill(chunk, from);
        read();
      }
      at += chunk.length;
    }
    csv.finish();
    read();
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    return { rows, places, damage, fault: `${error.code} ${String(error.options.line)}` };
  }
  return { rows, places, damage, fault: null };
}

const arbSizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
const isBlankRow = (row: readonly string[]): boolean => row.length === 1 && /^[ \t]*$/.test(row[0] ?? "");

function oracle(text: string): string[][] {
  const rows: string[][] = parse(text, { relax_column_count: true, record_delimiter: ["\r\n", "\n", "\r"] });
  return rows.filter((row) => !isBlankRow(row));
}

describe("CsvScanner", () => {
  it("reads what csv-parse reads, for any quoting and any cut of the bytes", () => {
    const arbField = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.includes("\0")),
      fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ", "é", "𝄞"), maxLength: 8 }),
    );
    const arbRow = fc.array(fc.tuple(arbField, fc.boolean()), { minLength: 1, maxLength: 6 });
    const arbEnd = fc.constantFrom("\n", "\r\n", "\r");
    fc.assert(
      fc.property(fc.array(arbRow, { maxLength: 8 }), arbEnd, fc.boolean(), arbSizes, (rows, end, closed, sizes) => {
        const written = rows.map((row) =>
          row
            .map(([text, quoted]) => (quoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
            .join(","),
        );
        const text = written.join(end) + (closed ? end : "");
        const found = scan(Buffer.from(text), sizes);
        expect(found).toMatchObject({ fault: null, damage: [] });
        expect(found.rows.filter((row) => !isBlankRow(row))).toEqual(oracle(text));
      }),
      { numRuns: 500 },
    );
  });

  it("reads any text as csv-parse does wherever that accepts it", () => {
    const arbText = fc.string({ unit: fc.constantFrom("a", "b", ",", '"', "\n", "\r", '","', '"\n'), maxLength: 40 });
    let compared = 0;
    fc.assert(
      fc.property(arbText, arbSizes, (text, sizes) => {
        let expected;
        try {
          expected = oracle(text);
        } catch {
          return;
        }
        compared += 1;
        const found = scan(Buffer.from(text), sizes);
        expect(found).toMatchObject({ fault: null, damage: [] });
        expect(found.rows.filter((row) => !isBlankRow(row))).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it("finds the same in any bytes, however they are cut", () => {
    const arbBytes = fc
      .uint8Array({ maxLength: 200 })
      .map((bytes) => bytes.map((byte) => (byte % 3 === 0 ? byte : ',"\n\ra'.charCodeAt(byte % 5))));
    fc.assert(
      fc.property(arbBytes, arbSizes, (bytes, sizes) => {
        expect(scan(bytes, sizes)).toEqual(scan(bytes, [bytes.length + 1]));
      }),
      { numRuns: 1_000 },
    );
  });

  it("finds the same about long lines, for any window on the file", () => {
    const lengths = new Map([
      ["medium", "x".repeat(40_000)],
      ["long", "y".repeat(70_000)],
    ]);
    const arbPart = fc.constantFrom("medium", "long", '"', ",", "\n", "\r\n", "z", '""');
    const bytesOf = (parts: readonly string[]): Buffer =>
      Buffer.from(parts.map((part) => lengths.get(part) ?? part).join(""));
    fc.assert(
      fc.property(
        fc.array(arbPart, { maxLength: 14 }),
        fc.integer({ min: 65_538, max: 90_000 }),
        (parts, windowBytes) => {
          const bytes = bytesOf(parts);
          expect(scan(bytes, [8_191], windowBytes)).toEqual(scan(bytes, [1_000_000], 2_000_000));
        },
      ),
      { numRuns: 200 },
    );
  });

  it("gives the position of each row in the file", () => {
    const bytes = Buffer.from('a,b\r\n"c\nd",e\n\nf,g');
    expect(scan(bytes, [3]).places).toEqual([
      [1, 0, "a,b"],
      [2, 5, '"c\nd",e'],
      [4, 13, ""],
      [5, 14, "f,g"],
    ]);
  });

  it("accepts a line of the maximum length and no longer one", () => {
    expect(scan(Buffer.from(`${"x".repeat(65_536)}\na`), [9_999])).toMatchObject({ damage: [], rows: [{}, ["a"]] });
    expect(scan(Buffer.from(`${"x".repeat(65_537)}\na`), [9_999])).toMatchObject({
      damage: ["line_too_long"],
      rows: [["a"]],
    });
  });
});

describe("findInvalidUtf8", () => {
  const fatal = new TextDecoder("utf-8", { fatal: true });
  const isUtf8 = (bytes: Uint8Array): boolean => {
    try {
      fatal.decode(bytes);
      return true;
    } catch {
      return false;
    }
  };

  it("agrees with a fatal decoder, and gives the position of the first invalid byte", () => {
    const arbByte = fc.oneof(
      fc.constantFrom(0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xe0, 0xe2, 0xed, 0xf0, 0xf4, 0xf5),
      fc.integer({ min: 0, max: 255 }),
    );
    fc.assert(
      fc.property(fc.array(arbByte, { maxLength: 8 }), (list) => {
        const bytes = Uint8Array.from(list);
        const at = findInvalidUtf8(bytes, 0, bytes.length);
        expect(at === -1).toBe(isUtf8(bytes));
        if (at >= 0) expect(isUtf8(bytes.subarray(0, at))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
