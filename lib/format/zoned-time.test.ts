import { describe, expect, it } from "vitest";
import { chicago, kathmandu, pyongyang, utcClock, vancouver } from "./test-support/clocks";
import { defaultStyle } from "./time-style";
import { timeNear, timeRange } from "./time-range";
import {
  clockTime,
  endTime,
  fullTime,
  localDate,
  msOfDay,
  offsetText,
  readerClock,
  spokenTime,
  utcTime,
  weekdayDate,
  weekdayTime,
  zoneAbbreviation,
} from "./zoned-time";

describe("times in a zone", () => {
  it("reads the clock of the zone, midnight as 00", () => {
    expect(clockTime("2023-01-25T06:00:00Z", chicago)).toBe("00:00");
    expect(clockTime("2023-01-25T00:12:59.999Z", chicago)).toBe("18:12");
    expect(weekdayTime("2023-01-25T00:12:00Z", chicago)).toBe("Tue 18:12");
    expect(weekdayDate("2023-01-25T00:12:00Z", kathmandu)).toBe("Wed, Jan 25");
    expect(fullTime("2023-01-25T00:12:00Z", kathmandu)).toBe("Wed, Jan 25, 2023, 05:57");
    expect(fullTime("2023-01-25T00:12:00Z", utcClock)).toBe("Wed, Jan 25, 2023, 00:12");
  });

  it("reads both hours of a night on which the clocks go back, to the second of the change", () => {
    expect(clockTime("2022-11-06T06:30:00Z", chicago)).toBe("01:30");
    expect(clockTime("2022-11-06T07:30:00Z", chicago)).toBe("01:30");
    expect(clockTime("2022-11-06T06:59:59.999Z", chicago)).toBe("01:59");
    expect(clockTime("2022-11-06T07:00:00.000Z", chicago)).toBe("01:00");
    expect(zoneAbbreviation("2022-11-06T06:30:00Z", chicago)).toBe("CDT");
    expect(zoneAbbreviation("2022-11-06T07:30:00Z", chicago)).toBe("CST");
  });

  it("takes names and offsets from the clock it is given, whatever rules the runtime has", () => {
    expect(clockTime("2026-11-28T14:00:00Z", vancouver)).toBe("07:00");
    expect(zoneAbbreviation("2026-10-31T14:00:00Z", vancouver)).toBe("PDT");
    expect(zoneAbbreviation("2026-11-28T14:00:00Z", vancouver)).toBe("MST");
    expect(clockTime("2015-08-14T15:00:00Z", pyongyang)).toBe("23:30");
  });

  it("gives the date of the zone's calendar, and the time since its midnight", () => {
    expect(localDate("2023-01-05T00:12:00Z", chicago)).toBe("2023-01-04");
    expect(localDate("2022-12-31T18:15:00Z", kathmandu)).toBe("2023-01-01");
    expect(msOfDay("2022-12-31T18:15:00.007Z", kathmandu)).toBe(7);
    expect(msOfDay("1969-12-31T23:59:59.999Z", utcClock)).toBe(86_399_999);
  });

  it("shows an offset where the zone has no name but digits", () => {
    expect(zoneAbbreviation("2023-01-05T00:12:00Z", kathmandu)).toBe("UTC+5:45");
    expect([0, 25_200, -12_600, -2_670].map(offsetText)).toEqual(["UTC+0", "UTC+7", "UTC−3:30", "UTC−0:44:30"]);
  });

  it("gives UTC to the minute", () => {
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

describe("timeRange", () => {
  const asOf = "2023-01-25T18:13:00Z";
  it.each([
    ["2023-01-25T15:00:00Z", "2023-01-25T16:30:00Z", "Wed 09:00–10:30"],
    ["2023-01-24T15:30:00Z", "2023-01-25T18:30:00Z", "Tue 09:30 to Wed 12:30"],
    ["2023-01-12T15:30:00Z", "2023-01-12T18:30:00Z", "Jan 12, 09:30–12:30"],
    ["2023-01-18T15:30:00Z", "2023-01-25T17:30:00Z", "Jan 18, 09:30 to Jan 25, 11:30"],
    ["2022-12-31T15:30:00Z", "2023-01-01T17:30:00Z", "Dec 31, 2022, 09:30 to Jan 1, 2023, 11:30"],
  ])("shows %s to %s as %s", (start, end, text) => {
    expect(timeRange(start, end, asOf, chicago)).toBe(text);
  });

  it("names the zone at both ends where the clocks change between them", () => {
    const asOfChange = "2022-11-06T18:00:00Z";
    expect(timeRange("2022-11-06T06:30:00Z", "2022-11-06T07:15:00Z", asOfChange, chicago)).toBe(
      "Sun 01:30 CDT to 01:15 CST",
    );
  });
});

describe("a reader's clock", () => {
  const twelve = readerClock(chicago, { ...defaultStyle, hour12: true });

  it("is the same object for the same zone and style", () => {
    expect(readerClock(chicago, twelve.style)).toBe(twelve);
    expect(readerClock(chicago, defaultStyle)).not.toBe(twelve);
  });

  it("has 12 hours where the reader's has", () => {
    expect(fullTime("2023-01-25T00:12:00Z", twelve)).toBe("Tue, Jan 24, 2023, 6:12\u00a0PM");
    expect(clockTime("2023-01-25T06:00:00Z", twelve)).toBe("12:00\u00a0AM");
    expect(timeRange("2023-01-25T15:00:00Z", "2023-01-25T18:30:00Z", "2023-01-25T19:00:00Z", twelve)).toBe(
      "Wed 9:00\u00a0AM–12:30\u00a0PM",
    );
    expect(timeRange("2023-01-24T15:30:00Z", "2023-01-25T18:30:00Z", "2023-01-25T19:00:00Z", twelve)).toBe(
      "Tue 9:30\u00a0AM to Wed 12:30\u00a0PM",
    );
  });

  it("says times of day as people do", () => {
    const times = ["06:00", "09:00", "17:59", "18:00", "21:45"].map((utc) => `2023-01-25T${utc}:00Z`);
    const spoken = ["12\u00a0am", "3\u00a0am", "11:59\u00a0am", "12\u00a0pm", "3:45\u00a0pm"];
    expect(times.map((at) => spokenTime(at, twelve))).toEqual(spoken);
    expect(times.map((at) => spokenTime(at, chicago))).toEqual(["00:00", "03:00", "11:59", "12:00", "15:45"]);
  });

  it("ends a span at midnight as the day's end", () => {
    expect([chicago, twelve].map((clock) => endTime("2023-01-25T06:00:00Z", clock))).toEqual([
      "24:00",
      "12:00\u00a0AM",
    ]);
  });
});
