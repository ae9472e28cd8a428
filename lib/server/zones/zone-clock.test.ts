import { describe, expect, it } from "vitest";
import { ZoneClockSchema } from "@/lib/contract/zone-clock";
import { defaultStyle } from "@/lib/format/time-style";
import { clockTime, fullTime, readerClock, zoneAbbreviation } from "@/lib/format/zoned-time";
import { AppError } from "@/lib/server/errors";
import { resolveTimeZone, wallTimeAt } from "@/lib/uptime/time-zone";
import type { TimeZone } from "@/lib/uptime/types";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { getZoneClock } from "./get-zone-clock";
import { clockAround, zoneClock } from "./zone-clock";

const dayMs = 86_400_000;

describe("the clock of a zone", () => {
  it("has each change of the span once, under the release of its rules", () => {
    expect(
      getZoneClock({ zone: "america/vancouver", from: "2026-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" }),
    ).toEqual({
      time_zone: "America/Vancouver",
      tz_release: zoneRules().release,
      offsets: [
        { from: null, offset_seconds: -28_800, abbreviation: "PST" },
        { from: "2026-03-08T10:00:00.000Z", offset_seconds: -25_200, abbreviation: "PDT" },
        { from: "2026-11-01T09:00:00.000Z", offset_seconds: -25_200, abbreviation: "MST" },
      ],
    });
  });

  it.each([
    ["America/Vancouver", "07:00", "MST"],
    ["America/Edmonton", "08:00", "CST"],
    ["America/Inuvik", "08:00", "CST"],
    ["America/Yellowknife", "08:00", "CST"],
    ["America/Winnipeg", "09:00", "EST"],
    ["America/Havana", "10:00", "CDT"],
    ["Africa/Casablanca", "14:00", "UTC+0"],
    ["Cuba", "10:00", "CDT"],
  ])("shows the time of %s as it is on 28 November 2026", (zone, time, name) => {
    const at = "2026-11-28T14:00:00.000Z";
    const clock = readerClock(clockAround(zone as TimeZone, [Date.parse(at)]), defaultStyle);
    expect([clock.time_zone, clockTime(at, clock), zoneAbbreviation(at, clock)]).toEqual([zone, time, name]);
  });

  it("agrees with the clock that figures are computed by, for every name and at every change", () => {
    const span = { start: Date.UTC(2000, 0, 1), end: Date.UTC(2038, 0, 1) };
    for (const name of zoneRules().names) {
      const zone = name as TimeZone;
      const clock = zoneClock(zone, span);
      ZoneClockSchema.parse(clock);
      const changes = clock.offsets.flatMap(({ from }) => (from === null ? [] : [Date.parse(from)]));
      for (const at of [span.start, ...changes.flatMap((change) => [change - 1, change])]) {
        const { second } = wallTimeAt(zone, at);
        const shown = clockTime(new Date(at).toISOString(), readerClock(clock, defaultStyle));
        expect(`${name} ${shown}`).toBe(
          `${name} ${String(Math.floor(second / 3600)).padStart(2, "0")}:${String(Math.floor(second / 60) % 60).padStart(2, "0")}`,
        );
      }
    }
  });

  it("extends 400 days beyond the instants of a response", () => {
    const asOf = Date.UTC(2026, 5, 1);
    const { offsets } = clockAround("America/Chicago" as TimeZone, [asOf, null, asOf - 100 * dayMs]);
    expect(offsets[1]?.from).toBe("2025-03-09T08:00:00.000Z");
    expect(offsets.at(-1)?.from).toBe("2027-03-14T08:00:00.000Z");
  });

  it("by default covers every instant that a poll may have", () => {
    const clock = readerClock(getZoneClock({ zone: "Europe/Lisbon" }), defaultStyle);
    expect(fullTime("2000-07-01T12:00:00Z", clock)).toBe("Sat, Jul 1, 2000, 13:00");
  });

  it("rejects a name that is not in the tz database, with the name that was probably meant if there is one", () => {
    expect(() => getZoneClock({ zone: "Pacific Standard Time" })).toThrow(AppError);
    expect(() => getZoneClock({ zone: "america/new york" })).toThrow(/Did you mean America\/New_York\?/);
    expect(() => getZoneClock({ zone: "UTC+5" })).toThrow(/has no time zone “UTC\+5”/);
    expect(resolveTimeZone("UTC+5")).toBeNull();
  });
});
