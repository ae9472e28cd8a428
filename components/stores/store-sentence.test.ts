import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bucket } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import { chicago, kathmandu, utcClock } from "@/lib/format/test-support/clocks";
import { defaultStyle } from "@/lib/format/time-style";
import { localDate, readerClock, type Clock } from "@/lib/format/zoned-time";
import { hoursText, storeSentence } from "./store-sentence";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const iso = (at: number): string => new Date(at).toISOString();

/** A day of the store, open from 6 to 22 hours after its start, all of it known. */
function dayFrom(start: number, downMs: number, upMs = 16 * hour - downMs): Bucket {
  const open = 16 * hour;
  const unknown = open - upMs - downMs;
  return { start: iso(start), end: iso(start + day), open_ms: open, up_ms: upMs, down_ms: downMs, unknown_ms: unknown };
}

/** Seven days up to midnight of 2023-01-26 in Chicago, with the downtime of the last ones in minutes. */
const midnight = Date.parse("2023-01-26T06:00:00Z");
function week(...downMinutes: readonly number[]): Bucket[] {
  return Array.from({ length: 7 }, (_, index) => {
    const down = downMinutes[index - 7 + downMinutes.length] ?? 0;
    return dayFrom(midnight - (7 - index) * day, down * minute);
  });
}

/** At clock times of a day in Chicago, a day being 1 for the last one. */
function incident(daysBack: number, from: string, to: string) {
  const at = (clock: string) => iso(midnight - daysBack * day + Date.parse(`1970-01-01T${clock}Z`));
  return { start: at(from), end: at(to) };
}

const twelve = { ...defaultStyle, hour12: true };
const base = { asOf: iso(midnight), clock: readerClock(chicago, twelve), now: midnight + 9 * hour };

describe("storeSentence", () => {
  it("names the last bad day, its hours and how often it happened", () => {
    const incidents = [
      incident(1, "12:00:00", "13:00:00"),
      incident(1, "15:00:00", "15:40:00"),
      incident(4, "09:00:00", "10:00:00"),
    ];
    expect(storeSentence({ ...base, days: week(60, 0, 0, 100), incidents, total: 3 })).toBe(
      "Offline 1 h 40 min yesterday, mostly 12 to 1\u00a0pm; 3 times in the last 7 days.",
    );
  });

  it("names the hours as all of it where they are, and a weekday where it was earlier", () => {
    const incidents = [incident(3, "11:50:00", "12:10:00")];
    expect(storeSentence({ ...base, days: week(20, 0, 0), incidents, total: 1 })).toBe(
      "Offline 20 min on Monday, 11\u00a0am to 1\u00a0pm; the only time in the last 7 days.",
    );
  });

  it("names no hours where an incident goes on over closed time, or is spread over the day", () => {
    const overNight = [{ start: iso(midnight - 2 * day + 21 * hour), end: iso(midnight - day + 7 * hour) }];
    expect(storeSentence({ ...base, days: week(60, 60), incidents: overNight, total: 1 })).toBe(
      "Offline 1 h yesterday; the only time in the last 7 days.",
    );
    const spread = ["08", "11", "14", "17", "20"].map((at) => incident(1, `${at}:00:00`, `${at}:30:00`));
    expect(storeSentence({ ...base, days: week(150), incidents: spread, total: 5 })).toBe(
      "Offline 2 h 30 min yesterday; 5 times in the last 7 days.",
    );
  });

  it("claims no more than what was monitored", () => {
    expect(storeSentence({ ...base, days: week(), incidents: [], total: 0 })).toBe("No downtime in the last 7 days.");
    const days = week().map((one) => dayFrom(Date.parse(one.start), 0, 4 * hour));
    expect(storeSentence({ ...base, days, incidents: [], total: 0 })).toBe(
      "No downtime found, but only 25% of the last 7 days was monitored.",
    );
    const unknown = week().map((one) => dayFrom(Date.parse(one.start), 0, 0));
    expect(storeSentence({ ...base, days: unknown, incidents: [], total: 0 })).toBe("");
  });

  it("names dates where the data is old", () => {
    const old = { ...base, now: midnight + 9 * day, days: week(60), incidents: [incident(1, "12:00:00", "13:00:00")] };
    expect(storeSentence({ ...old, total: 1 })).toBe(
      "Offline 1 h on Wed, Jan 25, 12 to 1\u00a0pm; the only time in the 7 days to Thu, Jan 26.",
    );
  });

  const minutes = fc.integer({ min: 0, max: 16 * 60 - 1 });
  const part = fc.record({
    day: fc.integer({ min: 0, max: 6 }),
    from: minutes,
    length: fc.integer({ min: 1, max: 240 }),
  });

  it("says of any week the downtime of its last bad day, and hours that have more than half of it", () => {
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.constantFrom(chicago, kathmandu, utcClock),
        (parts, clock: Clock) => {
          // At most one incident a day, within its opening time, so that the two never overlap.
          const ofDays = [...new Map(parts.map((one) => [one.day, one])).values()];
          const start = Date.parse(`2023-01-18T00:00:00Z`) - clock.offsets.at(0)!.offset_seconds * 1000;
          const incidents = ofDays.map((one) => {
            const from = start + one.day * day + 6 * hour + one.from * minute;
            const to = Math.min(from + one.length * minute, start + one.day * day + 22 * hour);
            return { ...one, start: iso(from), end: iso(to), ms: to - from };
          });
          const days = Array.from({ length: 7 }, (_, index) =>
            dayFrom(start + index * day, incidents.find((one) => one.day === index)?.ms ?? 0),
          );
          const asOf = iso(start + 7 * day);
          const text = storeSentence({ days, incidents, total: incidents.length, asOf, clock, now: Date.parse(asOf) });
          const last = incidents.toSorted((a, b) => a.day - b.day).at(-1);
          if (last === undefined) {
            expect(text).toBe("No downtime in the last 7 days.");
            return;
          }
          expect(text).toContain(`Offline ${formatOpenTime(last.ms)} `);
          expect(text).toContain(
            incidents.length === 1 ? "; the only time in" : `; ${String(incidents.length)} times in`,
          );
          expect(text).not.toMatch(/NaN|undefined|null|\b0 min/);
          const isYesterday = localDate(last.start, clock) === localDate(iso(Date.parse(asOf) - 1), clock);
          expect(text.includes(" yesterday")).toBe(isYesterday);
          const shares = Array.from({ length: 24 }, (_, at) => {
            const hourStart = start + last.day * day + at * hour;
            return Math.max(
              0,
              Math.min(Date.parse(last.end), hourStart + hour) - Math.max(Date.parse(last.start), hourStart),
            );
          });
          const named = Array.from({ length: 24 }, (_, from) => [1, 2, 3].map((hours) => ({ from, hours })))
            .flat()
            .filter(
              ({ from, hours }) => from + hours <= 24 && text.includes(`${hoursText(from, hours, clock.style)};`),
            );
          for (const { from, hours } of named.toSorted((a, b) => b.hours - a.hours).slice(0, 1)) {
            const sum = shares.slice(from, from + hours).reduce((all, one) => all + one, 0);
            expect(sum).toBeGreaterThan(last.ms / 2);
          }
        },
      ),
    );
  });
});

it("writes hours as people say them", () => {
  const spans = [
    [12, 1],
    [11, 2],
    [0, 1],
    [23, 1],
    [9, 2],
  ] as const;
  expect(spans.map(([from, hours]) => hoursText(from, hours, twelve).replaceAll("\u00a0", " "))).toEqual([
    "12 to 1 pm",
    "11 am to 1 pm",
    "12 to 1 am",
    "11 pm to 12 am",
    "9 to 11 am",
  ]);
  expect(hoursText(11, 2, defaultStyle)).toBe("11:00 to 13:00");
});
