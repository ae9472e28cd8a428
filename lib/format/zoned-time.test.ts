import { describe, expect, it } from "vitest";
import {
  clockTime,
  fullTime,
  localDate,
  timeNear,
  utcTime,
  weekdayDate,
  weekdayTime,
  zoneAbbreviation,
} from "./zoned-time";

const chicago = "America/Chicago";

describe("times in a zone", () => {
  it("reads the wall clock of the zone, midnight as 00", () => {
    expect(clockTime("2023-01-25T06:00:00Z", chicago)).toBe("00:00");
    expect(clockTime("2023-01-25T00:12:59.999Z", chicago)).toBe("18:12");
    expect(weekdayTime("2023-01-25T00:12:00Z", chicago)).toBe("Tue 18:12");
    expect(weekdayDate("2023-01-25T00:12:00Z", "Asia/Kathmandu")).toBe("Wed, Jan 25");
    expect(fullTime("2023-01-25T00:12:00Z", "Asia/Kathmandu")).toBe("Wed, Jan 25, 2023, 05:57");
  });

  it("reads both halves of a night on which the clocks go back", () => {
    expect(clockTime("2022-11-06T06:30:00Z", chicago)).toBe("01:30");
    expect(clockTime("2022-11-06T07:30:00Z", chicago)).toBe("01:30");
    expect(zoneAbbreviation("2022-11-06T06:30:00Z", chicago)).toBe("CDT");
    expect(zoneAbbreviation("2022-11-06T07:30:00Z", chicago)).toBe("CST");
  });

  it("gives the date of the zone's calendar", () => {
    expect(localDate("2023-01-05T00:12:00Z", chicago)).toBe("2023-01-04");
    expect(localDate("2022-12-31T18:15:00Z", "Asia/Kathmandu")).toBe("2023-01-01");
  });

  it("says UTC to the minute", () => {
    expect(utcTime("2023-01-25T12:13:59.9+06:00")).toBe("2023-01-25 06:13 UTC");
  });
});

describe("timeNear", () => {
  const asOf = "2023-01-25T18:13:00Z";
  it.each([
    ["2023-01-25T06:00:00Z", "00:00"],
    ["2023-01-25T05:59:00Z", "Tue 23:59"],
    ["2023-01-20T18:00:00Z", "Fri 12:00"],
    ["2023-01-18T18:00:00Z", "Jan 18, 12:00"],
    ["2022-12-25T18:00:00Z", "Dec 25, 2022, 12:00"],
    ["2023-01-26T15:00:00Z", "Thu 09:00"],
  ])("says %s as %s", (instant, text) => {
    expect(timeNear(instant, asOf, chicago)).toBe(text);
  });
});
