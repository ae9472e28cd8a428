import { describe, expect, it } from "vitest";
import { parseAsOf } from "./as-of";

const now = Date.UTC(2026, 0, 1);

describe("the as-of instant of a report", () => {
  it.each([
    ["2023-01-25T18:13:22Z", "2023-01-25T18:13:22.000Z"],
    ["2023-01-25t18:13:22.479999999z", "2023-01-25T18:13:22.479Z"],
    ["2023-01-25T18:13:22.4+05:30", "2023-01-25T12:43:22.400Z"],
    ["2024-02-29T00:00:00-08:00", "2024-02-29T08:00:00.000Z"],
    ["2000-01-01T00:00:00Z", "2000-01-01T00:00:00.000Z"],
    ["2026-01-01T00:05:00Z", "2026-01-01T00:05:00.000Z"],
  ])("reads %s", (text, iso) => {
    expect(new Date(parseAsOf(text, now)).toISOString()).toBe(iso);
  });

  it.each([
    "2023-01-25",
    "2023-01-25T18:13:22",
    "2023-02-30T00:00:00Z",
    "2023-01-25T24:00:00Z",
    "2023-01-25T18:13:60Z",
    "2023-01-25T18:13:22+25:00",
    "1999-12-31T23:59:59.999Z",
    "2026-01-01T00:05:00.001Z",
    "now",
    "1674670402",
    "",
  ])("rejects %j", (text) => {
    expect(() => parseAsOf(text, now)).toThrow(expect.objectContaining({ code: "invalid_as_of" }));
  });
});
