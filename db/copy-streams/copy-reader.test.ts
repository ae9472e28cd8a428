import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CopyReader, readCopy } from "./copy-reader";

const header = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
const trailer = Buffer.from([0xff, 0xff]);

function int(bytes: 2 | 4, value: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeIntBE(value, 0, bytes);
  return buffer;
}

function encode(rows: readonly (Uint8Array | null)[][]): Buffer {
  const tuples = rows.flatMap((row) => [
    int(2, row.length),
    ...row.flatMap((field) => (field === null ? [int(4, -1)] : [int(4, field.length), field])),
  ]);
  return Buffer.concat([header, ...tuples, trailer]);
}

/** Cuts bytes after each of the given lengths, repeatedly. */
function cut(bytes: Buffer, lengths: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  for (let start = 0, turn = 0; start < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] ?? bytes.length;
    // A copy, because socket chunks are reused: what is kept of one must survive the next.
    chunks.push(Buffer.from(bytes.subarray(start, start + length)));
    start += length;
  }
  return chunks;
}

function collector(columns: number) {
  const rows: (Buffer | null)[][] = [];
  const reader = new CopyReader(columns, (bytes, fields) => {
    const field = (index: number): Buffer | null => {
      const [start = 0, length = 0] = fields.subarray(2 * index, 2 * index + 2);
      return length === -1 ? null : Buffer.from(bytes.subarray(start, start + length));
    };
    rows.push(Array.from({ length: columns }, (_value, index) => field(index)));
  });
  return { rows, reader };
}

describe("reading binary COPY output", () => {
  it("finds the same tuples however the bytes are cut", () => {
    const field = fc.option(fc.uint8Array({ maxLength: 40 }), { freq: 4 });
    const rows = fc.array(fc.array(field, { minLength: 3, maxLength: 3 }), { maxLength: 12 });
    const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, lengths, (rows, lengths) => {
        const { rows: read, reader } = collector(3);
        for (const chunk of cut(encode(rows), lengths)) {
          reader.push(chunk);
          chunk.fill(0xee);
        }
        reader.finish();
        expect(read).toEqual(rows.map((row) => row.map((bytes) => (bytes === null ? null : Buffer.from(bytes)))));
      }),
      { numRuns: 500 },
    );
  });

  it("rejects output that ends early", () => {
    const { reader } = collector(1);
    reader.push(encode([[Buffer.from("a")]]).subarray(0, -2));
    expect(() => reader.finish()).toThrow("is truncated");
  });

  it("rejects what is not COPY output, and tuples of another width", () => {
    expect(() => collector(1).reader.push(Buffer.alloc(64, "x"))).toThrow("not binary COPY output");
    expect(() => collector(2).reader.push(encode([[null]]))).toThrow("1 fields, not 2");
  });

  it("consumes all of the output after a visitor failed, then throws", async () => {
    const output = new PassThrough();
    let visited = 0;
    const reading = readCopy(output, 1, () => {
      visited++;
      throw new Error("a bad tuple");
    });
    for (const chunk of cut(encode([[null], [null], [null]]), [7])) output.write(chunk);
    output.end();
    await expect(reading).rejects.toThrow("a bad tuple");
    expect([visited, output.readableLength]).toEqual([1, 0]);
  });

  it("rejects when the connection breaks", async () => {
    const output = new PassThrough();
    const reading = readCopy(output, 1, () => undefined);
    output.write(header);
    output.destroy();
    await expect(reading).rejects.toThrow("closed before its end");
  });
});
