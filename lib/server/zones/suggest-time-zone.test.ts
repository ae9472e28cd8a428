import { expect, it } from "vitest";
import { resolveTimeZone } from "@/lib/uptime/time-zone";
import { suggestTimeZone } from "./suggest-time-zone";
import windowsZones from "./windows-zones.json";

it.each([
  ["Eastern Standard Time", "America/New_York"],
  ["pacific standard time", "America/Los_Angeles"],
  ["Pacific Daylight Time", "America/Los_Angeles"],
  ["W. Europe Standard Time", "Europe/Berlin"],
  ["FLE Standard Time", "Europe/Kyiv"],
  ["(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"],
  ["(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"],
  ["Eastern Time (US & Canada)", "America/New_York"],
  ["PST", "America/Los_Angeles"],
  ["PT", "America/Los_Angeles"],
  ["cest", "Europe/Berlin"],
  ["IST", "Asia/Kolkata"],
  ["CST6", "America/Chicago"],
  ["America/New York", "America/New_York"],
  ["America / New York", "America/New_York"],
  ["New_York", "America/New_York"],
  ["new york", "America/New_York"],
  ["Chicago", "America/Chicago"],
  ["São Paulo", "America/Sao_Paulo"],
  ["America/Chcago", "America/Chicago"],
  ["Los Angles", "America/Los_Angeles"],
  ["posix/Europe/Paris", "Europe/Paris"],
  ["SystemV/EST5EDT", "EST5EDT"],
  ["UTC+5", "Etc/GMT-5"],
  ["-07:00", "Etc/GMT+7"],
  ["+05:30", "Asia/Kolkata"],
  ["+00:00", "Etc/UTC"],
])("assumes that %s means %s", (name, zone) => {
  expect(suggestTimeZone(name)).toBe(zone);
});

it.each(["", "5", "FOO+3", "<b>", "Mars/Olympus", "../../etc/passwd", "x".repeat(10_000), "__proto__", "constructor"])(
  "suggests nothing for %j",
  (name) => {
    expect(suggestTimeZone(name)).toBeNull();
  },
);

it("suggests a name of the tz database for each name of Windows", () => {
  expect(Object.keys(windowsZones).length).toBeGreaterThan(130);
  for (const name of Object.keys(windowsZones)) {
    const suggested = suggestTimeZone(name);
    expect(suggested === null ? null : resolveTimeZone(suggested), name).toBe(suggested);
    // Both contain the name UTC.
    if (name !== "UTC") expect(suggested, name).toBe(Object.entries(windowsZones).find(([each]) => each === name)?.[1]);
  }
});
