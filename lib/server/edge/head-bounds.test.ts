import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, it } from "vitest";
import { operations } from "@/lib/contract/operations";
import { cutLists, tooManyParts } from "./head-bounds";

const numbered = (count: number, separator: string): string =>
  Array.from({ length: count }, (_, i) => `a${i}=1`).join(separator);
const host = ["host", "x"];

describe("the parts of a request's head", () => {
  it.each<[string, { url?: string; rawHeaders?: string[] }, string | null]>([
    ["no query", { url: "/stores/8" }, null],
    ["an empty query", { url: "/?" }, null],
    ["200 parameters", { url: `/?${numbered(200, "&")}` }, null],
    ["201 parameters of a page", { url: `/?${numbered(201, "&")}` }, "bad_request"],
    ["201 parameters of the API", { url: `/api/v1/stores?${numbered(201, "&")}` }, "bad_request"],
    ["201 times the same parameter", { url: `/api/v1/stores?${"q&".repeat(200)}q` }, "bad_request"],
    ["nothing but separators", { url: `/?${"&".repeat(8_000)}` }, "bad_request"],
    ["a path of separators", { url: `/${"&".repeat(8_000)}` }, null],
    ["200 header lines", { rawHeaders: Array<string[]>(200).fill(host).flat() }, null],
    ["201 header lines", { rawHeaders: Array<string[]>(201).fill(host).flat() }, "headers_too_large"],
  ])("%s: %s", (_, { url = "/", rawHeaders = host }, code) => {
    expect(tooManyParts({ url, rawHeaders })?.code ?? null).toBe(code);
  });

  it("are enough for every operation of the API", () => {
    for (const { query } of operations) expect(Object.keys(query?.shape ?? {}).length).toBeLessThan(50);
  });
});

describe("a list in a header", () => {
  it.each([
    ["cookie", ";", 200],
    ["accept", ",", 50],
    ["accept-charset", ",", 50],
    ["accept-encoding", ",", 50],
    ["accept-language", ",", 50],
    ["if-match", ",", 100],
    ["if-none-match", ",", 100],
  ])("%s is read up to a maximum of entries", (name, separator, most) => {
    for (const count of [1, most, most + 1, 5_000]) {
      const headers: IncomingHttpHeaders = { [name]: numbered(count, separator) };
      cutLists(headers);
      expect(headers[name]).toBe(numbered(Math.min(count, most), separator));
    }
    const headers: IncomingHttpHeaders = { [name]: separator.repeat(16_000) };
    cutLists(headers);
    expect(headers[name]).toBe(separator.repeat(most - 1));
  });

  it.each(["x-forwarded-for", "x-forwarded-proto"])("%s is read from its end, where proxies append", (name) => {
    const hops = Array.from({ length: 60 }, (_, i) => `192.0.2.${i}`);
    for (const [sent, read] of [
      [hops, hops.slice(10)],
      [hops.slice(10), hops.slice(10)],
      [hops.slice(59), hops.slice(59)],
      [
        ["", ...hops.slice(11)],
        ["", ...hops.slice(11)],
      ],
      [[], []],
    ] as const) {
      const headers: IncomingHttpHeaders = { [name]: sent.join(",") };
      cutLists(headers);
      expect(headers[name]).toBe(read.join(","));
    }
  });

  it("of too many ranges is no request for ranges", () => {
    const ranges = (count: number): string => `bytes=${Array<string>(count).fill("0-0").join(",")}`;
    const [few, many] = [{ range: ranges(16) }, { range: ranges(17) }] as IncomingHttpHeaders[];
    for (const headers of [few, many]) if (headers !== undefined) cutLists(headers);
    expect([few, many]).toEqual([{ range: ranges(16) }, {}]);
  });
});
