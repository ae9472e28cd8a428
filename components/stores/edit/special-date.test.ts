import { expect, it } from "vitest";
import type { StoreHours } from "@/lib/contract/store-hours";
import { dateBeside, toDateDraft } from "./special-date";

it("moves to the next date when one is removed, from the last one to that before it", () => {
  const dates = ["2023-12-24", "2023-12-25", "2023-12-26"];
  expect(dates.map((date) => dateBeside(dates, date))).toEqual(["2023-12-25", "2023-12-26", "2023-12-25"]);
  expect(dateBeside(["2023-12-24"], "2023-12-24")).toBeNull();
});

const weekly: StoreHours = {
  ...{ store_id: "1", time_zone: null, valid_from: null, earlier: [] },
  business_hours: [{ day: 0, start: "09:00:00", end: "17:00:00" }],
};

it("has the hours of a date as its fields have them", () => {
  expect(
    toDateDraft({ date: "2023-12-25", closed: false, hours: [{ start: "20:00:00", end: "24:00:00" }] }, weekly),
  ).toEqual({
    ...{ date: "2023-12-25", openings: [{ start: "20:00", end: "00:00" }] },
  });
});

it("has what a date that is closed for part of the day leaves of the weekly hours", () => {
  const closed = [{ start: "14:00:00", end: "24:00:00" }];
  expect(toDateDraft({ date: "2023-12-25", closed: false, hours: [], closed_hours: closed }, weekly)).toEqual({
    ...{ date: "2023-12-25", openings: [{ start: "09:00", end: "14:00" }] },
  });
});
