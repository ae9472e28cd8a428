import { expect, it } from "vitest";
import { acceptsGzip, isCompressible } from "./content-encoding";

it.each([
  ["gzip", true],
  ["br, GZIP;q=0.5", true],
  ["x-gzip", true],
  ["*", true],
  ["gzip;q=0, *", false],
  ["gzip; q=0.000", false],
  ["*;q=0", false],
  ["br, deflate", false],
  ["identity", false],
  ["", false],
  [undefined, false],
])("%s accepts gzip: %s", (header, expected) => {
  expect(acceptsGzip(header)).toBe(expected);
});

it.each([
  ["application/json", true],
  ["application/problem+json", true],
  ["application/x-ndjson", true],
  ["text/csv; charset=utf-8; header=present", true],
  ["application/octet-stream", false],
  ["image/png", false],
])("compresses %s: %s", (type, expected) => {
  expect(isCompressible(new Headers({ "content-type": type }))).toBe(expected);
});

it("compresses nothing twice", () => {
  expect(isCompressible(new Headers({ "content-type": "text/csv", "content-encoding": "gzip" }))).toBe(false);
});
