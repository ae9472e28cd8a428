import { expect, it } from "vitest";
import { gapSpans } from "./chart-gaps";

function bucket(start: string, end: string) {
  return { start, end, open_ms: 0, up_ms: 0, down_ms: 0, unknown_ms: 0 };
}

/** The first is cut short, and as wide as the others. */
const buckets = [
  bucket("2023-01-25T14:30:00Z", "2023-01-25T15:00:00Z"),
  bucket("2023-01-25T15:00:00Z", "2023-01-25T16:00:00Z"),
  bucket("2023-01-25T16:00:00Z", "2023-01-25T17:00:00Z"),
  bucket("2023-01-25T17:00:00Z", "2023-01-25T18:00:00Z"),
];

it("places a gap by the share of the bucket that it begins and ends in", () => {
  const gaps = [{ start: "2023-01-25T14:45:00Z", end: "2023-01-25T17:15:00Z" }];
  expect(gapSpans(buckets, gaps)).toEqual([{ from: 0.5 / 4, width: 3.25 / 4 - 0.5 / 4 }]);
});

it("cuts a gap at the window, and leaves out one beside it", () => {
  const gaps = [
    { start: "2023-01-25T10:00:00Z", end: "2023-01-25T14:30:00Z" },
    { start: "2023-01-25T12:00:00Z", end: "2023-01-25T16:30:00Z" },
    { start: "2023-01-25T17:00:00Z", end: "2023-01-25T23:00:00Z" },
    { start: "2023-01-25T18:00:00Z", end: "2023-01-25T23:00:00Z" },
  ];
  expect(gapSpans(buckets, gaps)).toEqual([
    { from: 0, width: 2.5 / 4 },
    { from: 0.75, width: 0.25 },
  ]);
});
