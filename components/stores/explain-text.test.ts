import { describe, expect, it } from "vitest";
import type { Segment } from "@/lib/contract/uptime";
import { chicago } from "@/lib/format/test-support/clocks";
import { segmentEdges, segmentReason, segmentTime, sumOf } from "./explain-text";

/** The worked example of the method: open 9 to 12 in Chicago, polls at 10:14 (active) and 11:15 (inactive). */
const up: Segment = {
  start: "2023-01-24T15:00:00.000Z",
  end: "2023-01-24T16:44:30.000Z",
  state: "up",
  poll: { at: "2023-01-24T16:14:00.000Z", status: "active" },
  rule: "nearest_poll",
  starts_at: "opening",
  ends_at: "half_way",
};
const down: Segment = {
  start: "2023-01-24T16:44:30.000Z",
  end: "2023-01-24T18:00:00.000Z",
  state: "down",
  poll: { at: "2023-01-24T17:15:00.000Z", status: "inactive" },
  rule: "nearest_poll",
  starts_at: "half_way",
  ends_at: "closing",
};

describe("a segment in words", () => {
  it("names its time in the store's zone, and a second day only where there is one", () => {
    expect(segmentTime(down, chicago)).toBe("Tue 10:44–12:00");
    // A whole week but an hour: the same weekday, and not the same day.
    expect(segmentTime({ start: up.start, end: "2023-01-31T14:00:00.000Z" }, chicago)).toBe(
      "Jan 24, 09:00 to Jan 31, 08:00",
    );
    expect(segmentTime({ start: up.start, end: "2023-01-25T07:30:00.000Z" }, chicago)).toBe("Tue 09:00 to Wed 01:30");
  });

  it("names the poll that decided it, with its day where that is another", () => {
    expect(segmentReason(down, chicago)).toBe("Based on the 11:15 check (offline)");
    const afterMidnight = { ...up, poll: { at: "2023-01-25T06:20:00.000Z", status: "active" as const } };
    expect(segmentReason(afterMidnight, chicago)).toBe("Based on the Wed 00:20 check (online)");
  });

  it("tells time beyond every poll from an opening without any", () => {
    const unknown: Segment = { ...up, state: "unknown", poll: null, rule: "beyond_reach" };
    expect(segmentReason(unknown, chicago)).toMatch(/^More than 75 minutes/);
    expect(segmentReason({ ...unknown, rule: "no_poll" }, chicago)).toMatch(/^Not checked/);
  });

  it("says why it begins and ends where it does", () => {
    expect(segmentEdges(up)).toBe("From opening to midpoint before next check");
    expect(segmentEdges(down)).toBe("From midpoint after previous check to closing");
  });
});

it("sums segments of a state, and all of them, to the millisecond", () => {
  const late = { ...down, end: "2023-01-24T18:00:00.007Z" };
  expect(sumOf([up, late], "up")).toBe(104.5 * 60_000);
  expect(sumOf([up, late], "down")).toBe(75.5 * 60_000 + 7);
  expect(sumOf([up, late], "unknown")).toBe(0);
  expect(sumOf([up, late], "all")).toBe(180 * 60_000 + 7);
});
