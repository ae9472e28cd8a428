import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbAsOf, arbTimeZone, day, hour } from "./arbitraries";
import { offsetStretches, resolveTimeZone, wallTimeAt } from "./time-zone";

describe("resolveTimeZone", () => {
  it.each([
    ["America/Chicago", "America/Chicago"],
    ["america/chicago", "America/Chicago"],
    ["US/Central", "America/Chicago"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["Asia/Kolkata", "Asia/Kolkata"],
    ["Europe/Kiev", "Europe/Kyiv"],
    ["America/Indiana/Indianapolis", "America/Indiana/Indianapolis"],
    ["UTC", "UTC"],
    ["Etc/UTC", "UTC"],
  ])("reads %s as %s", (name, zone) => {
    expect(resolveTimeZone(name)).toBe(zone);
  });

  it.each(["America/Nowhere", "Mars/Olympus", "UTC+5", "+05:30", "5", "FOO+3", "", "../../etc/passwd", "<b>", "EST"])(
    "knows no zone %j",
    (name) => {
      expect(resolveTimeZone(name)).toBeNull();
    },
  );

  it("gives names that stand for themselves", () => {
    for (const name of Intl.supportedValuesOf("timeZone")) {
      const zone = resolveTimeZone(name);
      if (zone !== null) expect(resolveTimeZone(zone)).toBe(zone);
    }
  });
});

describe("offsetStretches", () => {
  it("tiles any range with the offsets that clocks show", () => {
    fc.assert(
      fc.property(arbTimeZone, arbAsOf, fc.integer({ min: 1, max: 90 * day }), (zone, start, length) => {
        const end = start + length;
        const stretches = offsetStretches(zone, { start, end });
        expect(stretches[0]!.start).toBe(start);
        expect(stretches.at(-1)!.end).toBe(end);
        stretches.forEach((stretch, index) => {
          if (index > 0) {
            expect(stretch.start).toBe(stretches[index - 1]!.end);
            expect(stretch.offsetMs).not.toBe(stretches[index - 1]!.offsetMs);
          }
          const middle = Math.floor((stretch.start + stretch.end) / 2);
          const shown = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
          const local = Date.parse(`${shown.format(middle).replace(" ", "T")}Z`);
          expect(stretch.offsetMs).toBe(local - Math.floor(middle / 1000) * 1000);
        });
      }),
    );
  });

  it("finds two changes within a month", () => {
    const zone = resolveTimeZone("Africa/Casablanca")!;
    const stretches = offsetStretches(zone, { start: Date.UTC(2023, 2, 1), end: Date.UTC(2023, 4, 1) });
    expect(stretches.map(({ start, offsetMs }) => [new Date(start).toISOString(), offsetMs / hour])).toEqual([
      ["2023-03-01T00:00:00.000Z", 1],
      ["2023-03-19T02:00:00.000Z", 0],
      ["2023-04-23T02:00:00.000Z", 1],
    ]);
  });

  it("places a change at most a millisecond late", () => {
    const changes = { "America/Denver": "2023-03-12T09:00:00Z", "Europe/London": "2023-03-26T01:00:00Z" };
    for (const [name, change] of Object.entries(changes)) {
      const at = Date.parse(change);
      const stretches = offsetStretches(resolveTimeZone(name)!, { start: at - day, end: at + day });
      expect(stretches).toHaveLength(2);
      expect([at, at + 1]).toContain(stretches[1]!.start);
    }
  });
});

describe("wallTimeAt", () => {
  it("reads the clock in the store", () => {
    const at = Date.parse("2023-01-25T18:13:22.479Z");
    expect(wallTimeAt(resolveTimeZone("America/Chicago")!, at)).toEqual({
      date: Date.UTC(2023, 0, 25) / day,
      day: 2,
      second: 12 * 3600 + 13 * 60 + 22,
    });
    expect(wallTimeAt(resolveTimeZone("Asia/Kathmandu")!, at)).toMatchObject({
      day: 2,
      second: 23 * 3600 + 58 * 60 + 22,
    });
  });
});
