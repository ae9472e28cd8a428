import { describe, expect, it } from "vitest";
import { open, read } from "./test-support/read-hours";

const days = (names: string, times: string): string =>
  names
    .split(" ")
    .flatMap((name) => times.split(",").map((part) => `${name} ${part}`))
    .join(", ");
const weekdays = (times: string): string => days("Mo Tu We Th Fr", times);

describe("unknown hours", () => {
  it.each([
    ['Mo-Fr 09:00-17:00; "by appointment"', weekdays("09:00-17:00"), "here the other rules count"],
    ['Mo-Fr 09:00-17:00, "by appointment"', weekdays("09:00-17:00"), "here the other rules count"],
    ['Mo-Fr 09:00-17:00; Sa "by appointment"', weekdays("09:00-17:00"), "so they count as closed here"],
    ['Mo-Sa 09:00-17:00; Sa "by appointment"', weekdays("09:00-17:00"), "so they count as closed here"],
    ["Mo-Sa 09:00-17:00; Sa unknown", weekdays("09:00-17:00"), "unknown hours count as closed here"],
    ["Mo-Fr 09:00-17:00; 24/7 unknown", weekdays("09:00-17:00"), "here the other rules count"],
    ['Mo-Fr 09:00-17:00, Fr "and by appointment"', weekdays("09:00-17:00"), "so they count as closed here"],
    [
      "Mo-Fr 08:00-18:00; Mo-Fr 12:00-13:00 unknown",
      weekdays("08:00-12:00,13:00-18:00"),
      "unknown hours count as closed here",
    ],
    ['Mo-Fr 09:00-17:00 "by appointment"', weekdays("09:00-17:00"), "here the store is open"],
    ['"by appointment"', "", "The text has no weekly hours."],
    ['Sa "by appointment"', "", "The text has no weekly hours."],
    ["Mo-Fr 09:00-17:00 unknown", "", "The text has no weekly hours."],
  ])("of %s are never open", (text, week, note) => {
    expect(open(text)).toBe(week);
    expect(read(text).notes.join("\n")).toContain(note);
  });

  it("are told from a comment on a state", () => {
    expect(open('Mo-Sa 09:00-17:00; Sa off "stocktaking"')).toBe(weekdays("09:00-17:00"));
    expect(open('24/7 open "ring the bell"')).toBe("always");
    expect(open("Mo-Fr 09:00-17:00; Sa")).toBe(`${weekdays("09:00-17:00")}, Sa 00:00-24:00`);
  });
});

describe("off", () => {
  it.each([
    ["Mo-Fr 08:00-18:00; Mo-Fr 12:00-13:00 off", weekdays("08:00-12:00,13:00-18:00")],
    ["Mo-Fr 08:00-18:00; 12:00-13:00 closed", weekdays("08:00-12:00,13:00-18:00")],
    ["Mo 08:00-18:00, Mo 12:00-13:00,15:00-15:30 off", days("Mo", "08:00-12:00,13:00-15:00,15:30-18:00")],
    ["Mo 08:00-12:00; Mo 07:00-09:00 off", "Mo 09:00-12:00"],
    ["Mo 08:00-12:00; Mo 07:00-13:00 off", ""],
    ["Fr 18:00-02:00; Fr 22:00-01:00 off", "Fr 18:00-22:00, Sa 01:00-02:00"],
    ["Fr 18:00-02:00; Sa 00:00-01:00 off", "Fr 18:00-24:00, Sa 01:00-02:00"],
    ["Su 18:00-02:00; Mo 01:00-03:00 off", "Su 18:00-01:00"],
    ["Sa 00:30-05:00; Fr 22:00-02:00 off", "Sa 02:00-05:00"],
    ["Fr 18:00-02:00; Fr 20:00-21:00 off", "Fr 18:00-20:00, Fr 21:00-02:00"],
  ])("with times is cut out of the hours: %s", (text, week) => {
    expect(open(text)).toBe(week);
  });

  it("that closes nothing is named in a note", () => {
    expect(read("Mo 12:00-13:00 off; Tu 09:00-17:00").notes.join()).toContain("so it closes nothing");
    expect(read("Mo 09:00-17:00; Mo 12:00-13:00 off").notes.join()).not.toContain("closes nothing");
  });

  it.each([
    ["Fr 18:00-02:00; Sa off", "Friday’s 18:00-02:00"],
    ["Mo-Su 18:00-02:00; Sa closed", "Friday’s 18:00-02:00"],
    ["Mo-Su 18:00-02:00; Fr-Sa off", "Thursday’s 18:00-02:00"],
    ["Fr 18:00-02:00, Sa off", "Friday’s 18:00-02:00"],
    ['Fr 18:00-02:00; Sa "by appointment"', "Friday’s 18:00-02:00"],
  ])("that cuts a night in other programs is named in a note: %s", (text, night) => {
    const notes = read(text).notes.filter((note) => note.includes("at midnight"));
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(`end ${night} at midnight because of this rule`);
  });

  it("cuts no opening that ends at midnight", () => {
    expect(read("Fr 18:00-00:00; Sa off").notes.join()).not.toContain("at midnight");
  });
});

describe("holidays", () => {
  it.each([
    ["Tu 09:00-12:00; PH Mo-Fr 10:00-14:00", "Public holidays"],
    ["Tu 09:00-12:00; SH Mo-Fr 10:00-14:00", "School holidays"],
    ["Tu 09:00-12:00; PH,SH Mo-Fr 10:00-14:00", "School holidays"],
    ["Tu 09:00-12:00; SH: Mo-Fr 10:00-14:00", "School holidays"],
    ['Tu 09:00-12:00; PH "ring the bell"', "Public holidays"],
    ["Tu 09:00-12:00; PH -1 day 10:00-14:00", "Public holidays"],
    ["Tu 09:00-12:00; Mo[1] +1 day 10:00-14:00", "Mo[1] +1 day is not every week"],
  ])("%s leaves the other rules and is named in a note", (text, note) => {
    expect(open(text)).toBe("Tu 09:00-12:00");
    expect(read(text).notes.join("\n")).toContain(note);
  });
});

describe("spellings", () => {
  it.each([
    ['Mo 09:00-17:00 "ring; or call || wait"; Tu 10:00-12:00', "Mo 09:00-17:00, Tu 10:00-12:00"],
    ['Mo 09:00-17:00 || "by appointment"; Tu 10:00-12:00', "Mo 09:00-17:00, Tu 10:00-12:00"],
    ["Mo 09:00-17:00 || Tu 10:00-12:00, We 10:00-12:00", "Mo 09:00-17:00"],
    ["Mo–Tu 09:00–17:00", days("Mo Tu", "09:00-17:00")],
    ["Mo - Tu 09:00 — 17:00", days("Mo Tu", "09:00-17:00")],
    ["Monday 09:00-17:00; tuesday-WEDNESDAY 10:00-12:00", `Mo 09:00-17:00, ${days("Tu We", "10:00-12:00")}`],
    ["Thursdays, Saturdays: 09:00-17:00", days("Th Sa", "09:00-17:00")],
    ["Tues 09.00-17.00", "Tu 09:00-17:00"],
    ["Mo off, Tu 10:00-12:00", "Tu 10:00-12:00"],
    ["Mo 09:00-17:00, Dec 24 10:00-12:00", "Mo 09:00-17:00"],
  ])("%s", (text, week) => {
    expect(open(text)).toBe(week);
  });

  it("says that alternatives are left out, but not of || in a comment", () => {
    expect(read('Mo 09:00-17:00 "a || b"').notes.join()).not.toContain("Alternatives");
    expect(read('Mo 09:00-17:00 || "a"').notes.join()).toContain("Alternatives after ||");
  });

  it.each([
    ["Mo-Fr 9-17", "9-17 is not a time such as 09:00-17:00. Write 09:00-17:00."],
    ["Mo-Fr 9am-5:30pm", "Write 09:00-17:30."],
    ["Mo-Fr 0900-2000", "Write 09:00-20:00."],
    ["Mo-Fr 9h30 - 17h", "Write 09:30-17:00."],
    ["Mo-Fr 9-5", "9-5 is not a time such as 09:00-17:00. Write both times with four digits on the 24-hour clock"],
    ["Montag 09:00-17:00", "days as Mo, Mo-Fr or Sa,Su"],
    ['Mo 09:00-17:00 "by appointment', "a comment has no closing quotation mark"],
    ["Mo-PH 09:00-17:00", "Mo-PH is not a day such as Mo or Mo-Fr."],
  ])("refuses %s with a remedy", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
