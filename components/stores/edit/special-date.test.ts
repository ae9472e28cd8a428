import { expect, it } from "vitest";
import { dateBeside, toDateDraft } from "./special-date";

it("moves to the next date when one is removed, from the last one to that before it", () => {
  const dates = ["2023-12-24", "2023-12-25", "2023-12-26"];
  expect(dates.map((date) => dateBeside(dates, date))).toEqual(["2023-12-25", "2023-12-26", "2023-12-25"]);
  expect(dateBeside(["2023-12-24"], "2023-12-24")).toBeNull();
});

it("has the hours of a date as its fields have them", () => {
  expect(toDateDraft({ date: "2023-12-25", closed: false, hours: [{ start: "20:00:00", end: "24:00:00" }] })).toEqual({
    ...{ date: "2023-12-25", openings: [{ start: "20:00", end: "00:00" }] },
  });
});
