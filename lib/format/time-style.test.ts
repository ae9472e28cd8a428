import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateText, defaultStyle, hourOfDay, spokenHour, timeOfDay } from "./time-style";

const twelve = { ...defaultStyle, hour12: true };

describe("a time of day", () => {
  it("is written on the reader's clock", () => {
    const times = [0, 60, 43_200, 65_520, 86_400, 32_430];
    expect(times.map((at) => timeOfDay(at, defaultStyle))).toEqual([
      ...["00:00", "00:01", "12:00", "18:12", "24:00", "09:00:30"],
    ]);
    expect(times.map((at) => timeOfDay(at, twelve).replace("\u00a0", " "))).toEqual([
      ...["12:00 AM", "12:01 AM", "12:00 PM", "6:12 PM", "12:00 AM", "9:00:30 AM"],
    ]);
  });

  it("is unlike every other minute's, on both clocks", () => {
    fc.assert(
      fc.property(fc.nat(1439), fc.nat(1439), fc.constantFrom(twelve, defaultStyle), (a, b, style) => {
        expect(timeOfDay(a * 60, style) === timeOfDay(b * 60, style)).toBe(a === b);
      }),
    );
  });

  it("is short where it is a whole hour", () => {
    expect([hourOfDay(0, twelve), hourOfDay(15, twelve), hourOfDay(15, defaultStyle)]).toEqual([
      ...["12\u00a0AM", "3\u00a0PM", "15:00"],
    ]);
    expect(() => hourOfDay(18.22, defaultStyle)).toThrow("18.22 is not a whole hour.");
    expect([spokenHour(3, twelve), spokenHour(15.75, twelve), spokenHour(24, defaultStyle)]).toEqual([
      ...["3\u00a0am", "3:45\u00a0pm", "00:00"],
    ]);
  });
});

it("puts the half of the day where the language has it", () => {
  const chinese = { ...twelve, dayPeriods: ["上午", "下午"], pattern12: "{period}{time}" } as const;
  expect([0, 55_920, 43_200].map((at) => timeOfDay(at, chinese))).toEqual(["上午12:00", "下午3:32", "下午12:00"]);
  expect(timeOfDay(43_200, { ...chinese, noonIsZero: true })).toBe("下午0:00");
  expect([hourOfDay(15, chinese), spokenHour(15, chinese)]).toEqual(["下午3:00", "下午3:00"]);
});

it("writes a date by the patterns of its language", () => {
  const style = {
    ...defaultStyle,
    weekdays: ["So.", "Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa."],
    patterns: { ...defaultStyle.patterns, weekdayDate: "{weekday}, {day}. {month}" },
  };
  const date = new Date("2023-01-25T23:59:59Z");
  expect(dateText("weekdayDate", date, style)).toBe("Mi., 25. Jan");
  expect(dateText("fullDate", date, defaultStyle)).toBe("Wed, Jan 25, 2023");
  expect(dateText("dateOfYear", date, defaultStyle)).toBe("Jan 25, 2023");
});
