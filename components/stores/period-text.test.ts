import { expect, it } from "vitest";
import { chicago } from "@/lib/format/test-support/clocks";
import { datesText, duringPeriod, periodName, periodTitle, rangeHeadings } from "./period-text";

const asOf = "2023-01-25T18:00:00.000Z";
const style = chicago.style;

it("names dates, with their year where it is another", () => {
  expect(datesText("2023-01-03", "2023-01-09", "2023-01-25", style)).toBe("Jan 3 to Jan 9");
  expect(datesText("2023-01-03", "2023-01-03", "2023-01-25", style)).toBe("Jan 3");
  expect(datesText("2022-12-28", "2023-01-03", "2023-01-25", style)).toBe("Dec 28, 2022 to Jan 3, 2023");
});

it("names a period in a heading", () => {
  expect(periodName("last_30_days", asOf, chicago)).toBe("last 30 days");
  expect(periodTitle("this_month", asOf, chicago)).toBe("This month");
  expect(duringPeriod("week", asOf, chicago)).toBe("in the last 7 days");
  expect(duringPeriod({ from: "2023-01-03", to: "2023-01-03" }, asOf, chicago)).toBe("on Jan 3");
  expect(duringPeriod({ from: "2023-01-03", to: "2023-01-09" }, asOf, chicago)).toBe("from Jan 3 to Jan 9");
  expect(periodTitle({ from: "2023-01-03", to: "2023-01-09" }, asOf, chicago)).toBe("Jan 3 to Jan 9");
});

it("gives a period and the one before it the dates of the store's calendar, the last one included", () => {
  const range = {
    from: "2023-01-01T06:00:00.000Z",
    to: asOf,
    previous_from: "2022-12-01T06:00:00.000Z",
    previous_to: "2023-01-01T06:00:00.000Z",
    as_of: asOf,
  };
  expect(rangeHeadings("this_month", range, chicago)).toEqual([
    { title: "This month", dates: "Jan 1 to Jan 25" },
    { title: "Month before", dates: "Dec 1, 2022 to Dec 31, 2022" },
  ]);
  expect(rangeHeadings({ from: "2023-01-01", to: "2023-01-25" }, range, chicago).map(({ title }) => title)).toEqual([
    "Chosen dates",
    "Dates before",
  ]);
});
