import { describe, expect, it } from "vitest";
import { defaultStyle } from "@/lib/format/time-style";
import { exceptionText, hoursByDay } from "./hours-text";

describe("hoursByDay", () => {
  it("lists the week from Monday, rows by their start, and days without rows as closed", () => {
    const week = hoursByDay(
      [
        { day: 0, start: "17:00:00", end: "23:59:59" },
        { day: 0, start: "09:00:00", end: "14:30:00" },
        { day: 5, start: "20:00:00", end: "02:00:00" },
        { day: 6, start: "00:00:00", end: "24:00:00" },
      ],
      defaultStyle,
    );
    expect(week.map(({ day }) => day)).toEqual([
      "Monday",
      "Tuesday",
      "Wednesday",
      "Thursday",
      "Friday",
      "Saturday",
      "Sunday",
    ]);
    expect(week[0]?.hours).toEqual(["09:00–14:30", "17:00–24:00"]);
    expect(week[1]?.hours).toEqual([]);
    expect(week[5]?.hours).toEqual(["20:00–02:00 (next day)"]);
    expect(week[6]?.hours).toEqual(["All day"]);
  });

  it("writes them as the reader does", () => {
    const night = [{ day: 0, start: "17:00:00", end: "02:30:00" }];
    expect(hoursByDay(night, { ...defaultStyle, hour12: true })[0]?.hours).toEqual([
      "5:00\u00a0PM–2:30\u00a0AM (next day)",
    ]);
  });

  it("shows a night as one opening, however it is written", () => {
    const oneRow = hoursByDay(
      [
        { day: 4, start: "18:00:00", end: "02:00:00" },
        { day: 6, start: "20:00:00", end: "01:30:00" },
      ],
      defaultStyle,
    );
    const twoRows = hoursByDay(
      [
        { day: 5, start: "00:00:00", end: "02:00:00" },
        { day: 4, start: "18:00:00", end: "24:00:00" },
        { day: 6, start: "20:00:00", end: "23:59:59" },
        { day: 0, start: "00:00:00", end: "01:30:00" },
      ],
      defaultStyle,
    );
    expect(twoRows).toEqual(oneRow);
    expect(twoRows[4]?.hours).toEqual(["18:00–02:00 (next day)"]);
    expect(twoRows[5]?.hours).toEqual([]);
    expect(twoRows[0]?.hours).toEqual([]);
  });

  it("says of a long night that it ends on the next day, and keeps what is no night", () => {
    const hours = (rows: Parameters<typeof hoursByDay>[0]) =>
      hoursByDay(rows, defaultStyle).flatMap((one) => one.hours);
    const first = { day: 0, start: "01:00:00", end: "24:00:00" };
    expect(hours([first, { day: 1, start: "00:00:00", end: "05:00:00" }])).toEqual(["01:00–05:00 (next day)"]);
    expect(hours([first, { day: 1, start: "00:00:00", end: "06:30:00" }])).toEqual(["01:00–24:00", "00:00–06:30"]);
    const whole = { day: 0, start: "00:00:00", end: "24:00:00" };
    expect(hours([whole, { day: 1, start: "00:00:00", end: "05:00:00" }])).toEqual(["All day", "00:00–05:00"]);
    expect(hours([{ day: 1, start: "00:00:00", end: "05:00:00" }])).toEqual(["00:00–05:00"]);
  });

  it("keeps seconds where they matter", () => {
    expect(hoursByDay([{ day: 2, start: "09:00:30", end: "17:00:00" }], defaultStyle)[2]?.hours).toEqual([
      "09:00:30–17:00",
    ]);
  });
});

it("lists dates with hours of their own", () => {
  const exceptions = [
    { date: "2023-01-25", closed: true, hours: [] },
    { date: "2023-11-23", closed: false, hours: [{ start: "10:00:00", end: "14:00:00" }] },
  ];
  expect(exceptionText(exceptions, defaultStyle)).toEqual([
    { date: "2023-01-25", day: "Wed, Jan 25", hours: ["Closed"] },
    { date: "2023-11-23", day: "Thu, Nov 23", hours: ["10:00–14:00"] },
  ]);
});

it("says which part of a date is closed", () => {
  const closed = [{ start: "14:00:00", end: "24:00:00" }];
  const exceptions = [{ date: "2023-12-24", closed: false, hours: [], closed_hours: closed }];
  expect(exceptionText(exceptions, defaultStyle)[0]?.hours).toEqual(["Closed 14:00–24:00"]);
});
