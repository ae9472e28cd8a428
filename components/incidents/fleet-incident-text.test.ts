import { describe, expect, it } from "vitest";
import type { FleetIncident } from "@/lib/contract/fleet-incidents";
import { defaultStyle } from "@/lib/format/time-style";
import { readerClock, utcOffsets } from "@/lib/format/zoned-time";
import { downtimeText, fleetIncidentTime, incidentDates, incidentScope } from "./fleet-incident-text";

const clock = readerClock(utcOffsets, defaultStyle);
const asOf = "2023-01-25T18:00:00.000Z";

function incident(given: Partial<FleetIncident>): FleetIncident {
  return {
    ...{ store_id: "a", name: null, brand: null, group: null, time_zone: "UTC" },
    ...{ start: "2023-01-24T09:30:00.000Z", end: "2023-01-24T12:30:00.000Z" },
    ...{ ongoing: false, started_before: false, down_ms: 7_800_000, polls: 2, fleet_share: null },
    ...given,
  };
}

const timeOf = (given: Partial<FleetIncident>) => fleetIncidentTime(incident(given), asOf, clock);

describe("when an incident was", () => {
  it("has the day of its end, too, where that is another", () => {
    const oneDay = timeOf({});
    const twoDays = timeOf({ end: "2023-01-25T12:30:00.000Z" });
    expect(oneDay).toMatch(/^Tue \S+.* to 12:30/);
    expect(twoDays).toMatch(/^Tue .* to Wed /);
  });

  it("has dates where weekdays would be ambiguous", () => {
    expect(timeOf({ start: "2023-01-18T19:00:00.000Z", end: "2023-01-19T10:00:00.000Z" })).toMatch(
      /^Jan 18, .* to Jan 19, /,
    );
  });

  it("has no end while it is ongoing, and no start that is not known", () => {
    expect(timeOf({ ongoing: true })).toMatch(/^Since Tue /);
    expect(timeOf({ ongoing: true, started_before: true })).toMatch(/^Since before Tue /);
    expect(timeOf({ started_before: true })).toMatch(/^Before Tue .* to /);
  });
});

it("says how long it was down, at least", () => {
  expect(downtimeText(incident({}))).toBe("2 h 10 min");
  expect(downtimeText(incident({ started_before: true }))).toBe("2 h 10 min or more");
});

it("tells an incident of one store from one of the fleet", () => {
  expect(incidentScope(incident({}))).toBeNull();
  expect(incidentScope(incident({ fleet_share: 0.02 }))).toEqual({
    isFleetWide: false,
    text: "Not fleet-wide, 2% of stores down",
  });
  expect(incidentScope(incident({ fleet_share: 0.25 }))).toEqual({
    isFleetWide: true,
    text: "Fleet-wide, 25% of stores down",
  });
});

it("leads to the dates on which it was", () => {
  expect(incidentDates(incident({ end: "2023-01-25T12:30:00.000Z" }), clock)).toEqual({
    from: "2023-01-24",
    to: "2023-01-25",
  });
});
