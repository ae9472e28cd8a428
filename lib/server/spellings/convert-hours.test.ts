import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/server/errors";
import { ConvertedHoursSchema } from "@/lib/contract/hours-conversion";
import { readDayHours, readWeeklyHours } from "@/lib/server/stores/hours-input";
import { convertHours } from "./convert-hours";
import { open, read } from "./test-support/read-hours";

describe("OpenStreetMap", () => {
  it.each([
    ["Mo-Fr 09:00-17:00", "Mo 09:00-17:00, Tu 09:00-17:00, We 09:00-17:00, Th 09:00-17:00, Fr 09:00-17:00"],
    ["Fr-Mo 9:00-17:00", "Mo 09:00-17:00, Fr 09:00-17:00, Sa 09:00-17:00, Su 09:00-17:00"],
    ["Mo 09:00-12:00,13:00-18:00", "Mo 09:00-12:00, Mo 13:00-18:00"],
    ["Mo-We 09:00-17:00; Tu off", "Mo 09:00-17:00, We 09:00-17:00"],
    ["Mo-Tu 09:00-17:00; Tu 10:00-12:00", "Mo 09:00-17:00, Tu 10:00-12:00"],
    ["Mo-Tu 09:00-12:00, Tu 14:00-16:00", "Mo 09:00-12:00, Tu 09:00-12:00, Tu 14:00-16:00"],
    ["Sa 20:00-26:00", "Sa 20:00-26:00"],
    ["24/7", "always"],
    ["00:00-24:00", "always"],
    ["Su 10:00-24:00", "Su 10:00-24:00"],
    ["Mon-Tue 09:00-17:00", "Mo 09:00-17:00, Tu 09:00-17:00"],
    ["Sa,Su: 10:00-14:00", "Sa 10:00-14:00, Su 10:00-14:00"],
  ])("%s", (text, week) => {
    expect(open(text)).toBe(week);
  });

  it("keeps Friday's night whole where a Saturday rule would cut it there, and says so", () => {
    const { week, notes } = read("Fr 18:00-02:00; Sa 10:00-14:00");
    expect(week).toContain("Fr 18:00-02:00");
    expect(notes.join()).toContain("end Friday’s 18:00-02:00 at midnight because of this rule");
    expect(read("Fr-Sa 18:00-02:00").notes.join()).not.toContain("midnight");
  });

  it.each([
    ["Mo-Fr 09:00-17:00; PH off", "Public holidays"],
    ["Mo-Fr 09:00-17:00; Feb 29 off", "“Feb 29 off”: seasons, dates and weeks"],
    ["week 01-53/2 Mo 09:00-17:00; Tu 10:00-12:00", "seasons, dates and weeks"],
    ["Mo[1] 09:00-17:00; Tu 10:00-12:00", "Mo[1] is not every week"],
    ["Mo sunrise-sunset; Tu 10:00-12:00", "sunrise and sunset"],
    ["Mo 17:00+; Tu 10:00-12:00", "has no closing time"],
    ["Mo 10:00-21:59", "the store closes when that minute starts"],
    ['Mo 10:00-21:00 "on call"', "the comment is not kept"],
    ["Mo 10:00-21:00 || Tu 10:00-12:00", "Alternatives after ||"],
    ["Mo 10:00-21:00", "Not named, so closed: Tuesday, Wednesday"],
  ])("%s is named in a note", (text, note) => {
    expect(read(text).notes.join("\n")).toContain(note);
  });

  it("a public holiday among days leaves the days", () => {
    expect(open("Su,PH 10:00-14:00")).toBe("Su 10:00-14:00");
  });
});

describe("schema.org", () => {
  const spec = (fields: object) => ({ "@type": "OpeningHoursSpecification", ...fields });

  it("reads days, lists of days, addresses of days; midnight to midnight is closed there", () => {
    expect(
      read([
        spec({ dayOfWeek: ["Monday", "https://schema.org/Tuesday"], opens: "09:00", closes: "17:00:00" }),
        spec({ dayOfWeek: "http://schema.org/Sunday", opens: "00:00", closes: "00:00" }),
        spec({ dayOfWeek: "Saturday", opens: "18:00", closes: "02:00" }),
        spec({ dayOfWeek: "Friday", opens: "00:00", closes: "23:59" }),
      ]),
    ).toMatchObject({
      format: "schema.org",
      week: [
        ...[
          "Mo 09:00-17:00",
          "Tu 09:00-17:00",
          "We closed",
          "Th closed",
          "Fr 00:00-23:59",
          "Sa 18:00-02:00",
          "Su closed",
        ],
      ],
      notes: ["Not named, so closed: Wednesday, Thursday."],
    });
  });

  it("reads dates from a whole page's JSON-LD, and names seasons and public holidays", () => {
    const { dates, notes, week } = read({
      "@context": "https://schema.org",
      "@type": "Restaurant",
      openingHoursSpecification: [
        spec({ dayOfWeek: ["Monday", "PublicHolidays"], opens: "09:00", closes: "17:00" }),
        spec({
          dayOfWeek: "Tuesday",
          opens: "09:00",
          closes: "17:00",
          validFrom: "2026-06-01",
          validThrough: "2026-08-31",
        }),
        spec({ opens: "00:00", closes: "00:00", validFrom: "2026-12-25", validThrough: "2026-12-26" }),
      ],
      specialOpeningHoursSpecification: spec({
        opens: "10:00",
        closes: "14:00",
        validFrom: "2026-12-24",
        validThrough: "2026-12-24",
      }),
    });
    expect(week[0]).toBe("Mo 09:00-17:00");
    expect(dates).toEqual(["2026-12-24 10:00-14:00", "2026-12-25", "2026-12-26"]);
    expect(notes.join("\n")).toContain("public holidays");
    expect(notes.join("\n")).toContain("2026-06-01 to 2026-08-31");
  });

  it("reads openingHours", () => {
    expect(open({ "@type": "Store", openingHours: ["Mo-Tu 09:00-17:00", "Sa 10:00-12:00"] })).toBe(
      "Mo 09:00-17:00, Tu 09:00-17:00, Sa 10:00-12:00",
    );
  });
});

describe("Google", () => {
  it("reads periods of Business Profile: nights, 24:00, several days", () => {
    const period = (openDay: string, openTime: unknown, closeDay: string, closeTime: unknown) => ({
      openDay,
      openTime,
      closeDay,
      closeTime,
    });
    const periods = [
      period("MONDAY", { hours: 9 }, "MONDAY", { hours: 17, minutes: 30 }),
      period("TUESDAY", "18:00", "WEDNESDAY", "02:00"),
      period("THURSDAY", { hours: 10 }, "THURSDAY", { hours: 24 }),
      period("FRIDAY", {}, "FRIDAY", { hours: 24 }),
      period("SATURDAY", { hours: 20 }, "SUNDAY", { hours: 21 }),
    ];
    expect(open({ regularHours: { periods } })).toBe(
      "Mo 09:00-17:30, Tu 18:00-02:00, Th 10:00-24:00, Fr 00:00-24:00, Sa 20:00-24:00, Su 00:00-21:00",
    );
  });

  it("reads special hours", () => {
    const date = (day: number) => ({ year: 2026, month: 12, day });
    const specialHourPeriods = [
      { startDate: date(25), endDate: date(25), closed: true },
      { startDate: date(24), openTime: { hours: 10 }, endDate: date(24), closeTime: { hours: 14 } },
      {
        startDate: date(31),
        openTime: { hours: 18 },
        endDate: { year: 2027, month: 1, day: 1 },
        closeTime: { hours: 3 },
      },
    ];
    expect(read({ specialHours: { specialHourPeriods } })).toMatchObject({
      week: [],
      dates: ["2026-12-24 10:00-14:00", "2026-12-25", "2026-12-31 18:00-03:00"],
    });
  });

  it("reads periods of the Places API, whose days start on Sunday; without an end it is always open", () => {
    const places = [
      { open: { day: 0, time: "1000" }, close: { day: 0, time: "1400" } },
      { open: { day: 1, hour: 18, minute: 0 }, close: { day: 2, hour: 2, minute: 0 } },
    ];
    expect(open({ periods: places })).toBe("Mo 18:00-02:00, Su 10:00-14:00");
    expect(open({ periods: [{ open: { day: 0, time: "0000" } }] })).toBe("always");
  });
});

describe("delivery services", () => {
  it("reads Uber Eats, whose 23:59 is midnight; a day without periods is closed", () => {
    const day = (name: string, ...times: readonly [string, string][]) => ({
      day_of_week: name,
      time_periods: times.map(([start, end]) => ({ start_time: start, end_time: end })),
    });
    const service = [
      day("monday", ["00:00", "02:00"], ["18:00", "23:59"]),
      day("tuesday"),
      day("sunday", ["11:00", "21:00"]),
    ];
    expect(read({ menus: [{ service_availability: service }] })).toMatchObject({
      format: "uber_eats",
      week: [
        "Mo 00:00-02:00",
        "Mo 18:00-23:59",
        "Tu closed",
        "We closed",
        "Th closed",
        "Fr closed",
        "Sa closed",
        "Su 11:00-21:00",
      ],
    });
  });

  it("reads DoorDash and its special hours", () => {
    const hours = [
      { day_index: "MON", start_time: "11:00", end_time: "21:00:00" },
      { day_index: "SUN", start_time: "18:00", end_time: "02:00" },
    ];
    const special_hours = [
      { date: "2026-12-25", closed: true },
      { date: "2026-12-24", closed: false, start_time: "10:00", end_time: "14:00" },
    ];
    expect(open({ hours })).toBe("Mo 11:00-21:00, Su 18:00-02:00");
    expect(read({ store: { hours, special_hours } }).dates).toEqual(["2026-12-24 10:00-14:00", "2026-12-25"]);
  });
});

it.each<[unknown, string]>([
  ["Mo-Fr 9-17", "Mo-Fr 9-17: 9-17 is not a time such as 09:00-17:00. Write 09:00-17:00. Nothing was converted."],
  ["Mo 09:00-09:00", "09:00 to 09:00 is empty, or 24 hours or longer."],
  ["closed on Mondays", "is not a time such as 09:00-17:00"],
  [";", "it has no hours such as Mo-Fr 09:00-17:00."],
  ['{"periods":[', "it is not complete JSON"],
  [{ name: "Shop" }, "its format is not recognized"],
  [{ periods: [] }, "it has no periods"],
  [
    { periods: [{ open: { day: 1, hour: 9, minute: "30" }, close: { day: 1, hour: 17 } }] },
    "hours and minutes must be numbers.",
  ],
  [{ periods: [{ open: { day: 1, hour: "9" }, close: { day: 1, hour: 17 } }] }, "hours and minutes must be numbers."],
  [
    { hours: [{ day_index: "FUNDAY", start_time: "09:00", end_time: "17:00" }] },
    "hours[0].day_index: FUNDAY is not a day such as MON.",
  ],
  [
    { hours: [{ day_index: "MON", start_time: "9am", end_time: "17:00" }] },
    "hours[0].start_time: 9am is not a time such as 09:00.",
  ],
  [{ hours: [], special_hours: [{ date: "2026-02-30", closed: true }] }, "2026-02-30 is not a date"],
])("refuses %j with the place", (text, message) => {
  expect(() => read(text)).toThrow(AppError);
  expect(() => read(text)).toThrow(message);
});

it("leaves out weekly hours that the text does not have, instead of an empty week", () => {
  const december = { specialHourPeriods: [{ startDate: { year: 2026, month: 12, day: 25 }, closed: true }] };
  for (const text of ["Jun-Aug Mo 09:00-17:00", '"by appointment"', "Sa unknown", JSON.stringify(december)]) {
    const converted = convertHours({ text });
    expect(converted).not.toHaveProperty("business_hours");
    expect(converted.notes).toContain("The text has no weekly hours.");
    expect(ConvertedHoursSchema.safeParse(converted).success).toBe(true);
  }
});

it.each([
  "Mo-Th 9:00-17:00; Fr,Sa 18:00-26:00; Su off",
  "24/7",
  '{"service_availability":[{"day_of_week":"friday","time_periods":[{"start_time":"00:00","end_time":"23:59"}]}]}',
  '{"store":{"hours":[{"day_index":"SUN","start_time":"18:00:30","end_time":"02:00"}],"special_hours":[{"date":"2026-12-24","start_time":"10:00","end_time":"24:00"}]}}',
])("gives what PUT takes: %s", (text) => {
  const converted = ConvertedHoursSchema.parse(convertHours({ text }));
  expect(() => readWeeklyHours(converted.business_hours ?? [])).not.toThrow();
  for (const { hours } of converted.exceptions) expect(readDayHours(hours)).toHaveLength(hours.length);
});
