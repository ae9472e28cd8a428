import { expect, it } from "vitest";
import type { StoreHours } from "@/lib/contract/store-hours";
import { breakChoices, businessDay, lateChoices, ownHours, toRows } from "./today-hours";

const hour = 3_600;
const hoursOf = (rows: StoreHours["business_hours"]): StoreHours => ({
  ...{ store_id: "1", time_zone: null, valid_from: null, earlier: [] },
  business_hours: rows,
});
const every = (start: string, end: string) => hoursOf([0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start, end })));
const rowsOf = (choices: ReturnType<typeof breakChoices>) =>
  choices.map(({ openings }) =>
    toRows(openings)
      .map(({ start, end }) => `${start}-${end}`)
      .join(" "),
  );

it("a break keeps the rest of the day's hours; the last choice is the rest of the day", () => {
  const day = businessDay(every("09:00:00", "17:00:00"), [], "2026-06-03", 14.5 * hour + 20);
  expect(rowsOf(breakChoices(day))).toEqual([
    "09:00:00-14:30:00 15:00:00-17:00:00",
    "09:00:00-14:30:00 16:00:00-17:00:00",
    "09:00:00-14:30:00",
  ]);
  expect(breakChoices({ ...day, second: 17 * hour })).toEqual([]);
  expect(rowsOf(breakChoices({ ...day, second: 8 * hour })).at(-1)).toBe("");
});

it("no break ends before the next opening starts", () => {
  const day = businessDay(every("09:00:00", "12:00:00"), [], "2026-06-03", 5.5 * hour);
  expect(rowsOf(breakChoices(day))).toEqual(["10:00:00-12:00:00", "11:00:00-12:00:00", ""]);
  const openings = [...day.openings, { from: 14 * hour, to: 16 * hour }];
  expect(rowsOf(breakChoices({ ...day, openings, second: 12.5 * hour }))).toEqual([
    "09:00:00-12:00:00 15:00:00-16:00:00",
    "09:00:00-12:00:00",
  ]);
});

it("later hours that are past are not offered", () => {
  const at = (second: number) =>
    rowsOf(lateChoices(businessDay(every("09:00:00", "17:00:00"), [], "2026-06-03", second)));
  expect(at(19.5 * hour)).toEqual(["09:00:00-20:00:00"]);
  expect(at(20 * hour)).toEqual([]);
});

it("only hours of the store itself are set again", () => {
  const own = { date: "2026-06-03", closed: false, hours: [{ start: "10:00:00", end: "12:00:00" }] };
  expect(ownHours(own)).toEqual(own.hours);
  expect(ownHours({ ...own, calendar: { calendar: "Holidays", name: "Eve" } })).toBeNull();
  expect(ownHours(null)).toBeNull();
});

it("later hours extend the last opening, over midnight too, and stop before 24 hours", () => {
  const late = (start: string, end: string) =>
    rowsOf(lateChoices(businessDay(every(start, end), [], "2026-06-03", 12 * hour)));
  expect(late("09:00:00", "22:30:00")).toEqual(["09:00:00-23:30:00", "09:00:00-00:30:00", "09:00:00-01:30:00"]);
  expect(late("09:00:00", "07:00:00")).toEqual(["09:00:00-08:00:00"]);
  expect(rowsOf(lateChoices(businessDay(hoursOf(null), [], "2026-06-03", 0)))).toEqual([]);
  expect(rowsOf(lateChoices(businessDay(hoursOf([{ day: 0, closed: true }]), [], "2026-06-03", 0)))).toEqual([]);
});

it("after midnight a night is still the date before's", () => {
  const day = businessDay(every("20:00:00", "02:00:00"), [], "2026-06-03", hour);
  expect(day).toMatchObject({ date: "2026-06-02", second: 25 * hour });
  expect(rowsOf(breakChoices(day))).toEqual(["20:00:00-01:00:00"]);
  expect(rowsOf(lateChoices(day))).toEqual(["20:00:00-03:00:00", "20:00:00-04:00:00", "20:00:00-05:00:00"]);
  expect(businessDay(every("20:00:00", "02:00:00"), [], "2026-06-03", 3 * hour).date).toBe("2026-06-03");
});

it("a date's special hours, and the hours that apply on the date, count", () => {
  const own = { date: "2026-06-03", closed: false, hours: [{ start: "10:00:00", end: "12:00:00" }] };
  expect(businessDay(every("09:00:00", "17:00:00"), [own], "2026-06-03", 11 * hour)).toMatchObject({
    own,
    openings: [{ from: 10 * hour, to: 12 * hour }],
  });
  const changed: StoreHours = {
    ...every("09:00:00", "17:00:00"),
    earlier: [{ valid_from: null, valid_before: "2026-07-01", business_hours: null }],
  };
  expect(businessDay(changed, [], "2026-06-03", 0).openings).toEqual([{ from: 0, to: 24 * hour }]);
});

it("a part of the day that is closed is cut out of the weekly hours", () => {
  const openings = (start: string, end: string, weekly: StoreHours) => {
    const own = { date: "2026-06-03", closed: false, hours: [], closed_hours: [{ start, end }] };
    return toRows(businessDay(weekly, [own], "2026-06-03", 10 * hour).openings);
  };
  expect(openings("12:00:00", "14:00:00", every("09:00:00", "17:00:00"))).toEqual([
    { start: "09:00:00", end: "12:00:00" },
    { start: "14:00:00", end: "17:00:00" },
  ]);
  expect(openings("14:00:00", "24:00:00", every("18:00:00", "02:00:00"))).toEqual([]);
  expect(openings("14:00:00", "24:00:00", hoursOf(null))).toEqual([{ start: "00:00:00", end: "14:00:00" }]);
});
