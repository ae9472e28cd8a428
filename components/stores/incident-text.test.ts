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
    "Began between Tue 14:05 and 15:04, ended between Tue 15:40 and 00:30; found by 2 checks.",
  );
});

it("tells an end that has not come and a start that nothing bounds", () => {
  const ongoing = { ...incident, start_earliest: null, end_latest: null, ongoing: true, polls: 1 };
  expect(incidentTime(ongoing, asOf, chicago)).toBe("Since Tue 14:34");
  expect(incidentBounds(ongoing, asOf, chicago)).toBe(
    "Began Tue 15:04 or before, last seen offline Tue 15:40; found by 1 check.",
  );
});

it("says where in the hours it lies, and whether the store was alone", () => {
  expect(incidentKindText("late_opening", false)).toBe("Opened late");
  expect(incidentKindText("late_opening", true)).toBe("Not online since opening");
  expect(incidentScopeText(0.039)).toBe("this store’s own: 3 % of the fleet was offline when it began");
  expect(incidentScopeText(0.25)).toBe("fleet-wide: 25 % of the fleet was offline when it began");
});
