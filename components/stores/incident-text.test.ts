import { expect, it } from "vitest";
import { chicago } from "@/lib/format/test-support/clocks";
import { incidentBounds, incidentKindText, incidentScopeText, incidentTime } from "./incident-text";

const asOf = "2023-01-25T18:00:00.000Z";
const incident = {
  start: "2023-01-24T20:34:30.000Z",
  end: "2023-01-24T22:04:00.000Z",
  start_earliest: "2023-01-24T20:05:00.000Z",
  start_latest: "2023-01-24T21:04:00.000Z",
  end_earliest: "2023-01-24T21:40:00.000Z",
  end_latest: "2023-01-25T06:30:00.000Z",
  down_ms: 5_370_000,
  polls: 2,
  ongoing: false,
};

it("names an incident's time in the store's zone, and how well it is known", () => {
  expect(incidentTime(incident, asOf, chicago)).toBe("Tue 14:34–16:04");
  expect(incidentBounds(incident, asOf, chicago)).toBe(
    "Started between Tue 14:05 and 15:04, ended between Tue 15:40 and Wed 00:30. Based on 2 checks.",
  );
});

it("shows both days of an incident that ends on the day of the newest data", () => {
  const long = { ...incident, start: "2023-01-24T15:30:00.000Z", end: "2023-01-25T18:30:00.000Z" };
  expect(incidentTime(long, "2023-01-25T20:00:00.000Z", chicago)).toBe("Tue 09:30 to Wed 12:30");
  const old = { ...incident, start: "2023-01-12T15:30:00.000Z", end: "2023-01-13T18:30:00.000Z" };
  expect(incidentTime(old, asOf, chicago)).toBe("Jan 12, 09:30 to Jan 13, 12:30");
  const today = { ...incident, start: "2023-01-25T15:30:00.000Z", end: "2023-01-25T16:30:00.000Z" };
  expect(incidentTime(today, asOf, chicago)).toBe("Wed 09:30–10:30");
});

it("tells an end that has not come and a start that nothing bounds", () => {
  const ongoing = { ...incident, start_earliest: null, end_latest: null, ongoing: true, polls: 1 };
  expect(incidentTime(ongoing, asOf, chicago)).toBe("Since Tue 14:34");
  expect(incidentBounds(ongoing, asOf, chicago)).toBe(
    "Started by Tue 15:04, last seen offline Tue 15:40. Based on 1 check.",
  );
});

it("says where in the hours it lies, and whether the store was alone", () => {
  expect(incidentKindText("late_opening", incident, chicago)).toBe("Opened late");
  expect(incidentKindText("late_opening", { ...incident, ongoing: true }, chicago)).toBe("Not online since opening");
  expect(incidentKindText("several_openings", incident, chicago)).toBe("Spans several openings");
  const nextDay = { ...incident, end: "2023-01-25T22:04:00.000Z" };
  expect(incidentKindText("several_openings", nextDay, chicago)).toBe("Spans several days");
  expect(incidentScopeText(0.039)).toBe("Isolated to this store (3% of stores were down)");
  expect(incidentScopeText(0.25)).toBe("Fleet-wide (25% of stores were down)");
});
