import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { resolveTimeZone } from "@/lib/uptime/time-zone";
import { CalendarFault } from "./calendar-fault";
import { readCalendar } from "./read-calendar";

const zoneOf = (name: string) => resolveTimeZone(name)!;

const calendar = (...lines: readonly string[]): string =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
const event = (...lines: readonly string[]): readonly string[] => [
  "BEGIN:VEVENT",
  ...(lines.some((line) => line.startsWith("UID")) ? [] : ["UID:1@example.com"]),
  ...lines,
  "END:VEVENT",
];

/** Dates and times of the entries: `2026-12-25`, `2026-12-24 14:00-24:00`. */
function entriesOf(text: string, from = "2026-01-01", to = "2026-12-31", zone = "America/New_York"): readonly string[] {
  const time = (second: number): string =>
    [Math.floor(second / 3600), Math.floor(second / 60) % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return readCalendar(text, { zone: zoneOf(zone), from, to }).entries.map(({ date, hours }) =>
    hours === null ? date : `${date} ${time(hours.startSecond)}-${time(hours.endSecond)}`,
  );
}

const ofEvent = (lines: readonly string[], ...rest: [string?, string?, string?]) =>
  entriesOf(calendar(...event(...lines)), ...rest);

describe.each(["UTC", "Asia/Kathmandu", "America/Los_Angeles"])("in a process on %s", (processZone) => {
  const before = process.env["TZ"];
  beforeAll(() => {
    process.env["TZ"] = processZone;
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(
      processZone === "Asia/Kathmandu" ? "Asia/Katmandu" : processZone,
    );
  });
  afterAll(() => {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  });

  it("an all-day event has its dates in every zone", () => {
    const days = ["DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227"];
    for (const zone of ["Pacific/Kiritimati", "America/New_York", "Pacific/Pago_Pago"]) {
      expect(ofEvent(days, "2026-01-01", "2026-12-31", zone)).toEqual(["2026-12-24", "2026-12-25", "2026-12-26"]);
    }
    expect(ofEvent(["DTSTART;VALUE=DATE:20261225"])).toEqual(["2026-12-25"]);
    expect(ofEvent(["DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261225"])).toEqual(["2026-12-25"]);
    expect(ofEvent(["DTSTART;VALUE=DATE:20261225", "DURATION:P2D"])).toEqual(["2026-12-25", "2026-12-26"]);
  });

  it("a timed event is on the store's clock: of another zone, of UTC, of none", () => {
    expect(
      ofEvent(["DTSTART;TZID=America/Los_Angeles:20260707T120000", "DTEND;TZID=America/Los_Angeles:20260707T140000"]),
    ).toEqual(["2026-07-07 15:00-17:00"]);
    expect(ofEvent(["DTSTART:20260707T020000Z", "DTEND:20260707T030000Z"])).toEqual(["2026-07-06 22:00-23:00"]);
    expect(ofEvent(["DTSTART:20260707T090000", "DURATION:PT90M"])).toEqual(["2026-07-07 09:00-10:30"]);
  });

  it("a night is one entry, a longer event one of each date", () => {
    expect(ofEvent(["DTSTART:20260707T220000", "DTEND:20260708T060000"])).toEqual(["2026-07-07 22:00-30:00"]);
    expect(ofEvent(["DTSTART:20260707T220000", "DTEND:20260709T060000"])).toEqual([
      ...["2026-07-07 22:00-24:00", "2026-07-08 00:00-24:00", "2026-07-09 00:00-06:00"],
    ]);
  });

  it("extra dates without a rule keep the event's own start", () => {
    expect(ofEvent(["DTSTART:20260601T090000", "DTEND:20260601T100000", "RDATE:20260603T090000"])).toEqual([
      ...["2026-06-01 09:00-10:00", "2026-06-03 09:00-10:00"],
    ]);
    expect(ofEvent(["DTSTART;VALUE=DATE:20260601", "RDATE;VALUE=DATE:20260603,20260605"])).toEqual([
      ...["2026-06-01", "2026-06-03", "2026-06-05"],
    ]);
    expect(
      ofEvent([
        "DTSTART:20260601T090000",
        "DURATION:PT1H",
        "RDATE;VALUE=PERIOD:20260603T090000/PT3H,20260605T090000/20260605T093000",
      ]),
    ).toEqual(["2026-06-01 09:00-10:00", "2026-06-03 09:00-12:00", "2026-06-05 09:00-09:30"]);
  });

  it("rules: week numbers, the fourth Thursday, 29 February, the last working day", () => {
    const yearly = (rule: string, start: string, to: string) =>
      ofEvent([`DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`], "2024-01-01", to);
    expect(yearly("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "20240513", "2026-12-31")).toEqual([
      ...["2024-05-13", "2025-05-12", "2026-05-11"],
    ]);
    expect(yearly("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "20241128", "2026-12-31")).toEqual([
      ...["2024-11-28", "2025-11-27", "2026-11-26"],
    ]);
    expect(
      entriesOf(calendar(...event("DTSTART;VALUE=DATE:20200229", "RRULE:FREQ=YEARLY")), "2026-01-01", "2028-12-31"),
    ).toEqual(["2028-02-29"]);
    expect(
      ofEvent(["DTSTART;VALUE=DATE:20260130", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"]),
    ).toEqual([...["2026-01-30", "2026-02-27", "2026-03-31"]]);
  });

  it("UNTIL includes its date, and is an instant where it is written in UTC", () => {
    const daily = (until: string) =>
      ofEvent(["DTSTART;TZID=America/New_York:20260601T210000", "DURATION:PT1H", `RRULE:FREQ=DAILY;UNTIL=${until}`])
        .length;
    expect(daily("20260603")).toBe(3);
    expect(daily("20260604T010000Z")).toBe(3);
    expect(daily("20260604T005959Z")).toBe(2);
  });

  it("RANGE=THISANDFUTURE moves what follows; a single replacement goes before it", () => {
    const series = event("DTSTART:20260601T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4");
    const moved = event(
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20260615T090000",
      "DTSTART:20260615T110000",
      "DURATION:PT2H",
    );
    const single = event("RECURRENCE-ID:20260622T090000", "DTSTART:20260623T080000", "DURATION:PT1H");
    expect(entriesOf(calendar(...series, ...moved))).toEqual([
      ...["2026-06-01 09:00-10:00", "2026-06-08 09:00-10:00", "2026-06-15 11:00-13:00", "2026-06-22 11:00-13:00"],
    ]);
    expect(entriesOf(calendar(...series, ...moved, ...single))).toEqual([
      ...["2026-06-01 09:00-10:00", "2026-06-08 09:00-10:00", "2026-06-15 11:00-13:00", "2026-06-23 08:00-09:00"],
    ]);
    const ended = event(
      "RECURRENCE-ID;RANGE=THISANDFUTURE:20260615T090000",
      "DTSTART:20260615T090000",
      "DURATION:PT1H",
      "STATUS:CANCELLED",
    );
    expect(entriesOf(calendar(...series, ...ended))).toEqual(["2026-06-01 09:00-10:00", "2026-06-08 09:00-10:00"]);
  });

  it("cancelled events, replacements and calendars, excluded dates and older versions do not count", () => {
    const series = event(
      "DTSTART:20260601T090000",
      "DURATION:PT1H",
      "RRULE:FREQ=WEEKLY;COUNT=3",
      "EXDATE:20260608T090000",
    );
    const cancelled = event(
      "RECURRENCE-ID:20260615T090000",
      "DTSTART:20260615T090000",
      "DURATION:PT1H",
      "STATUS:CANCELLED",
    );
    expect(entriesOf(calendar(...series))).toEqual(["2026-06-01 09:00-10:00", "2026-06-15 09:00-10:00"]);
    expect(entriesOf(calendar(...series, ...cancelled))).toEqual(["2026-06-01 09:00-10:00"]);
    expect(entriesOf(calendar("METHOD:CANCEL", ...series))).toEqual([]);
    expect(ofEvent(["DTSTART;VALUE=DATE:20261225", "STATUS:CANCELLED"])).toEqual([]);
    const older = event("SEQUENCE:1", "DTSTART;VALUE=DATE:20261225");
    const newer = event("SEQUENCE:2", "DTSTART;VALUE=DATE:20261226");
    expect(entriesOf(calendar(...newer, ...older))).toEqual(["2026-12-26"]);
    expect(
      ofEvent(["DTSTART:20260601T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20260602"]),
    ).toEqual([...["2026-06-01 09:00-10:00", "2026-06-03 09:00-10:00"]]);
  });

  it("PT24H is exact time and P1D a calendar day over a change of clocks", () => {
    const from = "DTSTART;TZID=America/New_York:20260307T120000";
    expect(ofEvent([from, "DURATION:PT24H"])).toEqual(["2026-03-07 12:00-24:00", "2026-03-08 00:00-13:00"]);
    expect(ofEvent([from, "DURATION:P1D"])).toEqual(["2026-03-07 12:00-36:00"]);
    expect(ofEvent(["DTSTART:20260307T220000", "DTEND:20260308T060000"])).toEqual(["2026-03-07 22:00-30:00"]);
  });

  it("a weekly event stays on its own clock over a change of that, and moves on the clock of another zone", () => {
    const weekly = ["DTSTART;TZID=America/New_York:20260305T120000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"];
    expect(ofEvent(weekly)).toEqual(["2026-03-05 12:00-13:00", "2026-03-12 12:00-13:00"]);
    expect(ofEvent(weekly, undefined, undefined, "UTC")).toEqual(["2026-03-05 17:00-18:00", "2026-03-12 16:00-17:00"]);
  });

  it("a nightly 02:30 that is skipped is read with the offset before the change", () => {
    const nightly = ["DTSTART;TZID=America/New_York:20260307T023000", "DURATION:PT30M", "RRULE:FREQ=DAILY;COUNT=3"];
    expect(ofEvent(nightly)).toEqual(["2026-03-07 02:30-03:00", "2026-03-08 03:30-04:00", "2026-03-09 02:30-03:00"]);
  });

  it("an hourly rule counts a repeated hour twice and a skipped one not at all", () => {
    const hourly = (start: string, count: number) =>
      ofEvent([`DTSTART;TZID=America/New_York:${start}`, "DURATION:PT30M", `RRULE:FREQ=HOURLY;COUNT=${String(count)}`]);
    // Four hours of elapsed time from 00:00 on: 00, 01, 01 again, 02.
    expect(hourly("20261101T000000", 4)).toEqual([
      "2026-11-01 00:00-00:30",
      "2026-11-01 01:00-01:30",
      "2026-11-01 02:00-02:30",
    ]);
    expect(hourly("20260308T010000", 3)).toEqual([
      "2026-03-08 01:00-01:30",
      "2026-03-08 03:00-03:30",
      "2026-03-08 04:00-04:30",
    ]);
  });

  it("a time zone of the calendar's own counts where ours has no such name", () => {
    const zone = (id: string, offset: string) => [
      ...[
        "BEGIN:VTIMEZONE",
        `TZID:${id}`,
        "BEGIN:STANDARD",
        "DTSTART:16010101T020000",
        `TZOFFSETFROM:${offset}`,
        `TZOFFSETTO:${offset}`,
      ],
      ...["RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11", "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:16010101T020000"],
      ...[
        `TZOFFSETFROM:${offset}`,
        "TZOFFSETTO:+0100",
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
      ],
    ];
    const at = (id: string, day: string) => event(`DTSTART;TZID=${id}:${day}T120000`, "DURATION:PT1H");
    expect(
      entriesOf(calendar(...zone("Shop clock", "+0000"), ...at("Shop clock", "20260107")), undefined, undefined, "UTC"),
    ).toEqual(["2026-01-07 12:00-13:00"]);
    expect(
      entriesOf(calendar(...zone("Shop clock", "+0000"), ...at("Shop clock", "20260707")), undefined, undefined, "UTC"),
    ).toEqual(["2026-07-07 11:00-12:00"]);
    // Ours go first: Vancouver has no winter time from 2026 on, whatever an older calendar says.
    expect(
      entriesOf(
        calendar(...zone("America/Vancouver", "-0800"), ...at("America/Vancouver", "20261207")),
        undefined,
        undefined,
        "UTC",
      ),
    ).toEqual(["2026-12-07 19:00-20:00"]);
  });

  it.each([
    ["Pacific Standard Time", "2026-07-07 15:00-16:00"],
    ['"(UTC-08:00) Pacific Time (US & Canada)"', "2026-07-07 15:00-16:00"],
    ["/freeassociation.sourceforge.net/America/Los_Angeles", "2026-07-07 15:00-16:00"],
    ["america/los_angeles", "2026-07-07 15:00-16:00"],
  ])("the zone %s is Los Angeles, in summer too", (tzid, entry) => {
    expect(ofEvent([`DTSTART;TZID=${tzid}:20260707T120000`, "DURATION:PT1H"])).toEqual([entry]);
  });

  it("Outlook's all-day event is a date", () => {
    const zone = "TZID=Eastern Standard Time";
    const lines = [
      `DTSTART;${zone}:20261225T000000`,
      `DTEND;${zone}:20261226T000000`,
      "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    ];
    expect(ofEvent(lines, "2026-01-01", "2026-12-31", "America/Los_Angeles")).toEqual(["2026-12-25"]);
  });

  it("a long series is read within the dates that were asked for", () => {
    expect(ofEvent(["DTSTART;VALUE=DATE:19700101", "RRULE:FREQ=DAILY"], "2026-06-01", "2026-06-03")).toEqual([
      ...["2026-06-01", "2026-06-02", "2026-06-03"],
    ]);
    const night = ["DTSTART:20260531T220000", "DTEND:20260601T060000"];
    expect(ofEvent(night, "2026-06-01", "2026-06-03")).toEqual(["2026-05-31 22:00-30:00"]);
  });
});

describe("a calendar that cannot be read", () => {
  const read = (text: string) => readCalendar(text, { zone: zoneOf("UTC"), from: "2026-01-01", to: "2026-12-31" });

  it.each([
    ["", "Line 1: the calendar is empty"],
    ["<!doctype html><title>Sign in</title>", "Line 1: this is a web page"],
    ["PK\u0003\u0004", "Line 1: this is a ZIP archive"],
    ['{"kind":"calendar"}', "Line 1: this is not an iCalendar file"],
    ["BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n", "Line 2: VEVENT has no END:VEVENT. The calendar was cut off"],
    ["BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VTODO\nEND:VCALENDAR\n", "Line 3: END:VTODO, but VEVENT of line 2 is open"],
    [
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nsecond line of it\n",
      "Line 4: expected NAME:value. If the line continues",
    ],
    ["BEGIN:VCALENDAR\nEND:VCALENDAR\nDTSTART:20260101\n", "Line 3: DTSTART is outside BEGIN:VCALENDAR"],
  ])("%j", (text, message) => {
    expect(() => read(text)).toThrow(CalendarFault);
    expect(() => read(text)).toThrow(message);
  });

  it("because it describes too much", () => {
    const series = (count: number) =>
      calendar(...event("DTSTART:19000101T000000", "DURATION:PT1H", `RRULE:FREQ=DAILY;COUNT=${String(count)}`));
    expect(read(series(99_999)).warnings).toMatchObject([
      { reason: expect.stringContaining("repeats too often") as string },
    ]);
    const many = Array.from({ length: 5_001 }, () => event("DTSTART;VALUE=DATE:20260101"));
    expect(() => read(calendar(...many.flat()))).toThrow("at most 5,000");
    const hours = Array.from({ length: 12 }, (_, i) =>
      event(`UID:${String(i)}`, "DTSTART:20260101T000000", "DURATION:PT1M", "RRULE:FREQ=HOURLY"),
    );
    expect(() => read(calendar(...hours.flat()))).toThrow(/too many events|20,000 dates/);
  });
});

it("a time zone with very many rules is refused, like very many events", () => {
  const rules = Array.from({ length: 600 }, () => "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11");
  const zone = [
    ...["BEGIN:VTIMEZONE", "TZID:Mine", "BEGIN:STANDARD", "DTSTART:20200101T020000", "TZOFFSETFROM:+0000"],
    ...["TZOFFSETTO:+0100", ...rules, "END:STANDARD", "END:VTIMEZONE"],
  ];
  const text = calendar(...zone, ...event("DTSTART;TZID=Mine:20260107T120000", "DURATION:PT1H"));
  expect(() => entriesOf(text)).toThrow("too many events");
});

describe("an event that cannot be read is left out with a warning, and the others count", () => {
  it.each<[string, readonly string[]]>([
    ["5: The event was left out: it has no DTSTART.", ["SUMMARY:x"]],
    [
      "7: The event was left out: its DTSTART 2026-12-24 is not a time such as 20261224T180000. Write dates without dashes and colons.",
      ["DTSTART:2026-12-24"],
    ],
    ["7: The event was left out: its DTSTART 20260230 is not a time such as 20261224T180000.", ["DTSTART:20260230"]],
    ["5: The event was left out: it has neither an end nor a duration.", ["DTSTART:20260101T100000"]],
    [
      "8: The event was left out: it ends before it starts, or when it starts.",
      ["DTSTART:20260101T100000", "DTEND:20260101T090000"],
    ],
    [
      "8: The event was left out: its DURATION 8h is not one such as PT8H or P1D.",
      ["DTSTART:20260101T100000", "DURATION:8h"],
    ],
    [
      "9: The event was left out: its rule has FREQ=FORTNIGHTLY, which is not valid.",
      ["DTSTART:20260101T100000", "DURATION:PT8H", "RRULE:FREQ=FORTNIGHTLY"],
    ],
    [
      "8: The event was left out: its rule has BYMONTH=13, which is not valid.",
      ["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;BYMONTH=13"],
    ],
    [
      "8: The event was left out: its rule has RSCALE, which is not supported. Remove it.",
      ["DTSTART;VALUE=DATE:20260101", "RRULE:RSCALE=CHINESE;FREQ=YEARLY"],
    ],
    [
      "8: The event was left out: it repeats more often than hourly, which is not supported. Use FREQ=HOURLY or longer.",
      ["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=SECONDLY"],
    ],
    [
      "7: The event was left out: the calendar does not define its time zone Mars/Olympus. Use a name such as America/New_York.",
      ["DTSTART;TZID=Mars/Olympus:20260101T100000", "DURATION:PT8H"],
    ],
    [
      "5: The event was left out: it is tentative. Confirm it in the calendar.",
      ["DTSTART;VALUE=DATE:20260101", "STATUS:TENTATIVE"],
    ],
  ])("%s", (expected, lines) => {
    const text = calendar("X-A:b", ...event("UID:bad", ...lines), ...event("DTSTART;VALUE=DATE:20260606"));
    const { entries, warnings, warningCount } = readCalendar(text, {
      zone: zoneOf("UTC"),
      from: "2026-01-01",
      to: "2026-12-31",
    });
    expect(warnings.map(({ line, reason }) => `${String(line)}: ${reason}`)).toEqual([expected]);
    expect(warningCount).toBe(1);
    expect(entries).toEqual([{ date: "2026-06-06", hours: null, title: "" }]);
  });

  it("reads folded lines, a byte-order mark, either line end, and titles without control characters", () => {
    const text = `\ufeffBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Christ\n mas\\, closed\\n\u202e!\nDTSTART;VALUE=DATE:2026\n\t1225\nEND:VEVENT\nEND:VCALENDAR`;
    const { entries } = readCalendar(text, { zone: zoneOf("UTC"), from: "2026-01-01", to: "2026-12-31" });
    expect(entries).toEqual([{ date: "2026-12-25", hours: null, title: "Christmas, closed  !" }]);
  });
});
