import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { largestPollBatch } from "@/lib/contract/polls";
import { readBatch } from "./read-batch";

const poll = (i: number) => ({
  store_id: String(i).padStart(64, "8"),
  at: "2023-01-24T09:06:42.605123Z",
  status: "inactive",
});
const largest = Array.from({ length: largestPollBatch }, (_, i) => poll(i));
const lines = largest.map((one) => JSON.stringify(one)).join("\n");

function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

const gzip = { "content-encoding": "gzip" };
const ndjson = { "content-type": "application/x-ndjson" };
const zipped = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text));

describe("the body of a batch", () => {
  it.each<[string, Request]>([
    ["JSON", post(JSON.stringify({ polls: largest }))],
    ["lines", post(lines, ndjson)],
    ["gzip of JSON written for people", post(zipped(JSON.stringify({ polls: largest }, null, 4)), gzip)],
    ["gzip of lines", post(zipped(lines), { ...ndjson, ...gzip })],
  ])("accepts the largest batch as %s", async (_, request) => {
    expect(await readBatch(request)).toEqual(largest);
  });

  it.each([
    ["2,000,000 bytes", 2_000_000, null],
    ["one byte more", 2_000_001, "inflated_too_large"],
  ])("may inflate to 2,000,000 bytes: %s", async (_, bytes, expected) => {
    const [start, end] = ['{"polls":["', '"]}'];
    const body = zipped(start + "x".repeat(bytes - start.length - end.length) + end);
    const read = readBatch(post(body, gzip));
    if (expected === null) expect(await read).toHaveLength(1);
    else await expect(read).rejects.toMatchObject({ code: expected });
  });

  it("leaves others turns of the event loop while lines are read", async () => {
    let turns = 0;
    let next = setImmediate(function turn(): void {
      turns += 1;
      next = setImmediate(turn);
    });
    await readBatch(post(lines, ndjson));
    clearImmediate(next);
    expect(turns).toBeGreaterThan(lines.length / 65_536 - 1);
  });
});
