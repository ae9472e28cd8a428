import { expect, it } from "vitest";
import { acceptQuality } from "./accept";

it.each([
  [null, 1, 1],
  ["", 1, 1],
  ["*/*", 1, 1],
  ["garbage", 1, 1],
  ["text/csv;;q=x, ???", 1, 1],
  ["application/json", 1, 0],
  ["text/csv", 0, 1],
  ["TEXT/CSV; header=present", 0, 1],
  ["text/*", 0, 1],
  ["image/png", 0, 0],
  ["image/*, */*;q=0.1", 0.1, 0.1],
  ["text/csv;q=0.9, application/json;q=0.3", 0.3, 0.9],
  ["text/csv;q=0, */*", 1, 0],
  ["application/json;q=0", 0, 0],
  ["text/html, application/xhtml+xml, */*; q=0.8", 0.8, 0.8],
])("Accept: %s gives JSON quality %d and CSV quality %d", (header, json, csv) => {
  expect(acceptQuality(header, "application/json")).toBe(json);
  expect(acceptQuality(header, "text/csv")).toBe(csv);
});
