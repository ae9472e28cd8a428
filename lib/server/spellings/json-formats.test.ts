import { describe, expect, it } from "vitest";
import { open, read } from "./test-support/read-hours";

const monday = { dayOfWeek: "Monday", opens: "09:00", closes: "17:00" };
const december = (day: number) => ({ year: 2026, month: 12, day });

describe("schema.org", () => {
  it.each([
    [[{ "@type": "Restaurant", openingHours: "Mo 09:00-17:00" }]],
    [
      [
        { "@type": "WebSite", name: "x" },
        { "@type": "Restaurant", openingHoursSpecification: [monday] },
      ],
    ],
    [{ "@graph": [{ "@type": "WebSite" }, { "@type": "Restaurant", openingHours: "Mo 09:00-17:00" }] }],
    [[{ "@graph": [{ "@type": "Restaurant", openingHoursSpecification: monday }] }]],
    [[monday]],
    [monday],
    [{ openingHours: "Mo 09:00-17:00", specialOpeningHoursSpecification: { ...closedOn("2026-12-25") } }],
    [{ openingHoursSpecification: [monday, { dayOfWeek: "Sunday" }] }],
  ])("finds the hours of %j", (text) => {
    expect(open(text)).toBe("Mo 09:00-17:00");
    expect(read(text).format).toBe("schema.org");
  });

  function closedOn(date: string) {
    return { opens: "00:00", closes: "00:00", validFrom: date, validThrough: date };
  }

  it.each<[unknown, string]>([
    [
      [
        { name: "North", openingHours: "Mo 09:00-17:00" },
        { "@type": "Store", openingHoursSpecification: [monday] },
      ],
      "several places have hours: [0] (North), [1] (Store). Paste the part of one of them.",
    ],
    [
      {
        "@graph": [
          { name: "North", openingHours: "Mo" },
          { "@id": "#south", openingHours: "Mo" },
        ],
      },
      "@graph[0] (North), @graph[1] (#south)",
    ],
    [{ openingHoursSpecification: [{ name: "x" }] }, "openingHoursSpecification[0]: it has neither a day nor opens"],
    [[monday, { name: "x" }], "openingHoursSpecification[1]: it has neither a day nor opens"],
    [{ openingHoursSpecification: [] }, "are empty"],
    [
      { openingHoursSpecification: [{ dayOfWeek: "Monday", Opens: "09:00", Closes: "17:00" }] },
      "openingHoursSpecification[0].Opens: write this name as opens.",
    ],
    [
      { openingHoursSpecification: [{ dayOfWeek: "Monday", "schema:opens": "09:00" }] },
      "openingHoursSpecification[0].schema:opens: write this name as opens.",
    ],
    [
      { openingHoursSpecification: [monday], OpeningHours: "Tu 09:00-17:00" },
      "The text.OpeningHours: write this name as openingHours.",
    ],
    [[{ ...monday, opens: "09:00Z" }], "openingHoursSpecification[0].opens: 09:00Z has a time zone. Write the store’s"],
    [[{ ...monday, closes: "17:00+01:00" }], "openingHoursSpecification[0].closes: 17:00+01:00 has a time zone."],
    [[{ dayOfWeek: "Monday", opens: "09:00" }], "[0].closes: it is missing. Expected a time such as 09:00."],
    [
      [{ ...monday, validFrom: "2026-06-01" }],
      "openingHoursSpecification[0].validThrough: it is missing. Expected text such as 2026-12-24.",
    ],
    [[closedOn("2026-02-30")], "openingHoursSpecification[0].validFrom: 2026-02-30 is not a date"],
    [
      [{ ...monday, validFrom: "2026-02-01", validThrough: "2026-02-29" }],
      "openingHoursSpecification[0].validThrough: 2026-02-29 is not a date",
    ],
    [[monday, { ...monday, opens: "00:00", closes: "00:00" }], "[1]: Monday is closed and has hours."],
    [[{ dayOfWeek: "Monday" }, monday], "openingHoursSpecification[1]: Monday is closed and has hours."],
    [[{ ...monday, dayOfWeek: ["Someday"] }], "openingHoursSpecification[0].dayOfWeek: Someday is not a day"],
  ])("refuses %j with the place", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it("names what it leaves out: openingHours beside specifications, and times of dates", () => {
    expect(read({ openingHoursSpecification: [monday], openingHours: "Mo 08:00-17:00" }).notes).toContain(
      "openingHours is not kept: openingHoursSpecification counts.",
    );
    const { dates, notes } = read([{ ...closedOn("2026-12-25"), validFrom: "2026-12-25T10:00:00Z" }]);
    expect(dates).toEqual(["2026-12-25"]);
    expect(notes.join()).toContain("only the date of 2026-12-25T10:00:00Z is kept");
  });

  it("29 February is a date of a leap year", () => {
    expect(read([closedOn("2028-02-29")]).dates).toEqual(["2028-02-29"]);
  });
});

describe("Google", () => {
  const period = { open: { day: 1, time: "0900" }, close: { day: 1, time: "1700" } };
  const business = { openDay: "MONDAY", openTime: { hours: 9 }, closeDay: "MONDAY", closeTime: { hours: 17 } };

  it.each<[unknown, string]>([
    [{ periods: [period, { open: { day: 2, time: "0900" } }] }, "periods[1].close: it is missing. Give the time"],
    [{ periods: [{ open: { day: 1, time: "0900" } }] }, "periods[0].close: it is missing."],
    [{ periods: [{ open: { day: 0, time: "0900" } }] }, "periods[0].close: it is missing."],
    [{ periods: [{ open: { day: 1, time: "0000" } }] }, "periods[0].close: it is missing."],
    [{ periods: [{ open: { day: 0, time: "0000" } }, period] }, "periods[0].close: it is missing."],
    [{ periods: [{ open: { day: 0 } }] }, "periods[0].open.time: it is missing."],
    [{ periods: [{ ...period, close: { day: 1 } }] }, "periods[0].close.time: it is missing."],
    [{ periods: [{ ...business, closeTime: undefined }] }, "periods[0].closeTime: it is missing."],
    [{ periods: [{ ...business, openTime: undefined }] }, "periods[0].openTime: it is missing."],
    [{ periods: [{ ...business, closetime: {} }] }, "periods[0].closetime: write this name as closeTime."],
    [{ periods: [{ ...period, open: { day: 7, time: "0900" } }] }, "periods[0].open.day: 7 is not a day"],
    [{ periods: [{ ...period, open: { day: -1, time: "0900" } }] }, "periods[0].open.day: -1 is not a day"],
    [{ periods: [{ ...period, close: { day: 8, time: "0900" } }] }, "periods[0].close.day: 8 is not a day"],
    [
      { specialHourPeriods: [{ startDate: { year: 2026, month: 2, day: 29 }, closed: true }] },
      "specialHourPeriods[0].startDate: 2026-02-29 is not a date",
    ],
    [
      { specialHourPeriods: [{ startDate: december(31), endDate: { ...december(32) }, closed: true }] },
      "specialHourPeriods[0].endDate: 2026-12-32 is not a date",
    ],
    [
      { specialHourPeriods: [{ startDate: { year: 2026, month: 2 }, closed: true }] },
      "specialHourPeriods[0].startDate.day: expected a number",
    ],
    [{ specialHourPeriods: [{ startDate: december(25) }] }, "specialHourPeriods[0]: give openTime and closeTime"],
    [
      { specialHourPeriods: [{ startDate: december(25), closed: "true" }] },
      "specialHourPeriods[0].closed: expected true or false, without quotation marks.",
    ],
    [
      {
        specialHourPeriods: [
          { startDate: december(25), closed: true },
          { startDate: december(25), openTime: { hours: 9 }, closeTime: { hours: 12 } },
        ],
      },
      "specialHourPeriods[1]: 2026-12-25 has hours here and is closed. Keep one of them.",
    ],
    [
      {
        specialHourPeriods: [
          { startDate: december(25), openTime: { hours: 9 }, closeTime: { hours: 12 } },
          { startDate: december(24), endDate: december(26), closed: true },
        ],
      },
      "specialHourPeriods[1]: 2026-12-25 is closed here and has hours. Keep one of them.",
    ],
  ])("refuses %j with the place", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it("says that hours of dates are read as those of every week", () => {
    const dated = { ...period, open: { ...period.open, date: december(21) } };
    expect(read({ periods: [dated] }).notes.join()).toContain("The periods have dates");
    expect(read({ periods: [period] }).notes.join()).not.toContain("dates");
  });

  it("says that the times of a closed date are not kept", () => {
    const { dates, notes } = read({
      specialHourPeriods: [{ startDate: december(25), closed: true, openTime: { hours: 9 }, closeTime: { hours: 12 } }],
    });
    expect(dates).toEqual(["2026-12-25"]);
    expect(notes).toContain("specialHourPeriods[0]: 2026-12-25 is closed, so its times are not kept.");
  });
});

describe("delivery services", () => {
  const times = { start_time: "09:00", end_time: "17:00" };
  const served = { day_of_week: "tuesday", time_periods: [times] };

  it("leaves days and periods closed that Uber Eats has not enabled", () => {
    const service_availability = [
      { day_of_week: "monday", enabled: false, time_periods: [times] },
      { ...served, enabled: true, time_periods: [times, { start_time: "18:00", end_time: "20:00", enabled: false }] },
    ];
    expect(open({ service_availability })).toBe("Tu 09:00-17:00");
    expect(read({ service_availability }).notes).toContain(
      "service_availability[0]: Monday is not enabled, so its hours are not kept.",
    );
  });

  it("says that the times of a closed date are not kept", () => {
    const { dates, notes } = read({ special_hours: [{ date: "2026-12-25", closed: true, ...times }] });
    expect(dates).toEqual(["2026-12-25"]);
    expect(notes).toContain("special_hours[0]: 2026-12-25 is closed, so its times are not kept.");
  });

  it.each<[unknown, string]>([
    [{ hours: [{ day_index: 1, ...times }] }, "hours[0].day_index: expected text such as MON."],
    [{ hours: [{ ...times }] }, "hours[0].day_index: it is missing. Expected text such as MON."],
    [
      { hours: [{ day_index: "MON", end_time: "17:00" }] },
      "hours[0].start_time: it is missing. Expected a time such as 09:00.",
    ],
    [{ hours: ["MON"] }, 'hours[0]: expected an object such as {"day_index":"MON"'],
    [{ special_hours: [{ closed: true }] }, "special_hours[0].date: it is missing. Expected text such as 2026-12-25."],
    [
      { special_hours: [{ date: "2026-12-25", closed: "true" }] },
      "special_hours[0].closed: expected true or false, without quotation marks.",
    ],
    [{ service_availability: [{ ...served, day_of_week: 1 }] }, "[0].day_of_week: expected text such as monday."],
    [{ service_availability: [{ ...served, enabled: "false" }] }, "[0].enabled: expected true or false"],
    [
      { service_availability: [{ ...served, time_periods: [times, { end_time: "20:00" }] }] },
      "service_availability[0].time_periods[1].start_time: it is missing. Expected a time such as 09:00.",
    ],
    [
      { menus: [{ service_availability: [served] }, { service_availability: [{ day_of_week: "x" }] }] },
      "menus[1].service_availability[0].day_of_week: x is not a day such as monday.",
    ],
  ])("refuses %j, naming the field and an example", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
