import { describe, expect, it } from "vitest";
import { formatDuration, formatOpenTime } from "./duration";

const minute = 60_000;
const hour = 60 * minute;

describe("formatDuration", () => {
  it.each([
    [0, "0 min"],
    [1, "<1 s"],
    [999, "<1 s"],
    [1000, "1 s"],
    [59_999, "59 s"],
    [minute, "1 min"],
    [hour - 1, "59 min"],
    [hour, "1 h"],
    [hour + 5 * minute, "1 h 5 min"],
    [3 * hour + 59 * minute + 59_999, "3 h 59 min"],
    [47 * hour, "47 h"],
    [48 * hour, "2 d"],
    [52 * hour + 59 * minute, "2 d 4 h"],
  ])("says %i ms as %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe("formatOpenTime", () => {
  it.each([
    [47 * minute, "47 min"],
    [0, "0 min"],
    [1, "<1 min"],
    [59_999, "<1 min"],
    [5 * minute + 29_000, "5 min"],
    [54 * minute + 31_000, "55 min"],
    [59 * minute + 30_000, "1 h"],
    [48 * hour, "48 h"],
    [163 * hour + 7 * minute, "163 h 7 min"],
  ])("says %i ms as %s, in whole minutes and without days", (ms, text) => {
    expect(formatOpenTime(ms)).toBe(text);
  });
});
