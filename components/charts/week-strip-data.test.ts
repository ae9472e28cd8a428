import { describe, expect, it } from "vitest";
import type { Bucket } from "@/lib/contract/uptime";
import { chicago, utcClock } from "@/lib/format/test-support/clocks";
import { toStripDays, toWeekRows } from "./week-strip-data";

function bucket(start: string, end: string): Bucket {
  return { start, end, open_ms: 0, up_ms: 0, down_ms: 0, unknown_ms: 0 };
}

describe("toStripDays", () => {
  const days = [
    bucket("2023-01-24T18:00:00.000Z", "2023-01-25T06:00:00.000Z"),
    bucket("2023-01-25T06:00:00.000Z", "2023-01-25T18:00:00.000Z"),
  ];

  it("places the first day's part where the clock stood, and cuts segments at midnight", () => {
    const [first, second] = toStripDays(
      days,
      {
        clock: chicago,
        segments: [
          { start: "2023-01-24T18:00:00.000Z", end: "2023-01-25T03:00:00.000Z", state: "up" },
          { start: "2023-01-25T03:00:00.000Z", end: "2023-01-25T09:00:00.000Z", state: "closed" },
          { start: "2023-01-25T09:00:00.000Z", end: "2023-01-25T18:00:00.000Z", state: "down" },
        ],
        polls: [{ at: "2023-01-25T06:00:00.000Z", status: "inactive", in_hours: false }],
      },
      [{ start: "2023-01-24T00:00:00.000Z", end: "2023-01-24T21:00:00.000Z" }],
    );
    expect(first?.label).toBe("Tue, Jan 24");
    expect(first?.segments).toEqual([
      { from: 12 / 24, width: 9 / 24, state: "up", label: "12:00–21:00 up" },
      { from: 21 / 24, width: 3 / 24, state: "closed", label: "21:00–24:00 closed" },
    ]);
    expect(first?.polls).toEqual([]);
    expect(first?.gaps).toEqual([{ from: 12 / 24, width: 3 / 24 }]);
    expect(second?.segments).toEqual([
      { from: 0, width: 3 / 24, state: "closed", label: "00:00–03:00 closed" },
      { from: 3 / 24, width: 9 / 24, state: "down", label: "03:00–12:00 down" },
    ]);
    expect(second?.polls).toEqual([{ at: "2023-01-25T06:00:00.000Z", x: 0, active: false, inHours: false }]);
    expect(second?.gaps).toEqual([]);
  });

  it("names days of 23 and 25 hours, and lets none run over its frame", () => {
    const [spring, autumn] = toStripDays(
      [
        bucket("2023-03-12T06:00:00.000Z", "2023-03-13T05:00:00.000Z"),
        bucket("2023-11-05T05:00:00.000Z", "2023-11-06T06:00:00.000Z"),
      ],
      {
        clock: chicago,
        segments: [{ start: "2023-01-01T00:00:00.000Z", end: "2024-01-01T00:00:00.000Z", state: "unknown" }],
        polls: [],
      },
      [],
    );
    expect([spring?.length, autumn?.length]).toEqual(["23 h day", "25 h day"]);
    expect(spring?.segments).toMatchObject([{ from: 0, width: 23 / 24, state: "unknown" }]);
    expect(autumn?.segments).toMatchObject([{ from: 0, width: 1, state: "unknown" }]);
  });
});

describe("one day of two openings", () => {
  const at = (clock: string) => `2023-01-25T${clock}:00.000Z`;
  const timeline = {
    clock: utcClock,
    segments: [
      { start: "2023-01-24T09:00:00.000Z", end: at("06:00"), state: "closed" as const },
      { start: at("06:00"), end: at("09:00"), state: "up" as const },
      { start: at("09:00"), end: at("12:00"), state: "unknown" as const },
      { start: at("12:00"), end: at("18:00"), state: "closed" as const },
      { start: at("18:00"), end: "2023-01-26T03:00:00.000Z", state: "down" as const },
    ],
    polls: [
      { at: at("05:00"), status: "inactive" as const, in_hours: false },
      { at: at("06:00"), status: "active" as const, in_hours: true },
      { at: at("09:00"), status: "active" as const, in_hours: true },
      { at: at("23:00"), status: "inactive" as const, in_hours: true },
    ],
  };
  const days = [bucket("2023-01-25T00:00:00.000Z", "2023-01-26T00:00:00.000Z")];

  it("is framed by its hours, whatever happens in them", () => {
    expect(toStripDays(days, timeline, [])[0]?.openings).toEqual([
      { from: 6 / 24, width: 6 / 24 },
      { from: 18 / 24, width: 6 / 24 },
    ]);
  });

  it("is told in rows without closed time, each with its checks", () => {
    const hourMs = 3_600_000;
    expect(toWeekRows(days, timeline).map(({ time, state, ms, polls }) => [time, state, ms / hourMs, polls])).toEqual([
      ["06:00–09:00", "up", 3, 1],
      ["09:00–12:00", "unknown", 3, 1],
      ["18:00–24:00", "down", 6, 1],
    ]);
  });
});
