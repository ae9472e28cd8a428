import { DateTime } from "luxon";
import { expect, it } from "vitest";
import { LuxonZone } from "./luxon-zone";
import { zoneRules } from "./zone-rules";

const zone = (name: string) => new LuxonZone(name, zoneRules().tableOf(name));

it.each([
  ["America/Vancouver", "2026-11-28T14:00:00Z", "2026-11-28 07:00 -07:00 MST"],
  ["America/Winnipeg", "2026-12-24T18:00:00Z", "2026-12-24 13:00 -05:00 EST"],
  ["Cuba", "2026-11-28T14:00:00Z", "2026-11-28 10:00 -04:00 CDT"],
  ["Africa/Casablanca", "2026-11-28T14:00:00Z", "2026-11-28 14:00 +00:00 +00"],
  ["Asia/Kathmandu", "2026-11-28T14:00:00Z", "2026-11-28 19:45 +05:45 +0545"],
])("gives Luxon the local times of %s", (name, at, shown) => {
  const local = DateTime.fromISO(at, { zone: zone(name) });
  expect(local.isValid).toBe(true);
  expect(`${local.toFormat("yyyy-MM-dd HH:mm ZZ")} ${local.offsetNameShort ?? ""}`).toBe(shown);
  expect(local.toUTC().toMillis()).toBe(Date.parse(at));
});

it("adds calendar days across a clock change", () => {
  const before = DateTime.fromISO("2026-03-07T20:00:00Z", { zone: zone("America/New_York") });
  expect(before.plus({ days: 1 }).toUTC().toISO()).toBe("2026-03-08T19:00:00.000Z");
  expect(zone("Etc/UTC").isUniversal).toBe(true);
  expect(zone("America/New_York").equals(zone("America/New_York"))).toBe(true);
  expect(zone("America/New_York").equals(zone("US/Eastern"))).toBe(false);
});
