import { describe, expect, it } from "vitest";
import { fleetShareAtStart, incidentKind } from "./incident-kind";

const day = "2023-01-25";

function at(clock: string): string {
  return `${day}T${clock}:00.000Z`;
}

function incident(start: string, end: string, ongoing = false) {
  const bounds = { start_earliest: null, start_latest: at(start), end_earliest: at(end), end_latest: null };
  return { ...bounds, start: at(start), end: at(end), down_ms: 1, polls: 1, ongoing };
}

/** Open from 9 to 14 and from 17 to 22. */
const timeline = {
  from: at("00:00"),
  segments: [
    { start: at("00:00"), end: at("09:00"), state: "closed" as const },
    { start: at("09:00"), end: at("14:00"), state: "up" as const },
    { start: at("14:00"), end: at("17:00"), state: "closed" as const },
    { start: at("17:00"), end: at("22:00"), state: "up" as const },
    { start: at("22:00"), end: at("23:59"), state: "closed" as const },
  ],
};

describe("incidentKind", () => {
  it.each([
    ["09:00", "10:00", "late_opening"],
    ["13:00", "14:00", "early_closing"],
    ["17:00", "22:00", "whole_opening"],
    ["10:00", "11:00", "mid_shift"],
    ["13:00", "18:00", "several_openings"],
  ] as const)("calls %s to %s %s", (start, end, kind) => {
    expect(incidentKind(incident(start, end), timeline)).toBe(kind);
  });

  it("does not say that one which goes on ended with the closing", () => {
    expect(incidentKind(incident("13:00", "14:00", true), timeline)).toBe("mid_shift");
  });

  it("says nothing of one that began before what is known", () => {
    expect(incidentKind(incident("09:00", "10:00"), { ...timeline, from: at("09:30") })).toBeNull();
  });
});

describe("fleetShareAtStart", () => {
  const hour = (start: string, end: string, up: number, down: number) => ({
    start: at(start),
    end: at(end),
    open_ms: up + down,
    up_ms: up,
    down_ms: down,
    unknown_ms: 0,
  });
  const hours = [hour("09:00", "10:00", 90, 10), hour("10:00", "11:00", 50, 50), hour("11:00", "12:00", 0, 100)];

  it("is a ratio of sums over the hours that the first hour touches", () => {
    expect(fleetShareAtStart(incident("09:30", "11:30"), { hours, stores: 200 })).toBe(60 / 200);
    expect(fleetShareAtStart(incident("09:00", "09:20"), { hours, stores: 200 })).toBe(0.1);
  });

  it("says nothing of a small fleet, nor where nothing was checked", () => {
    expect(fleetShareAtStart(incident("09:30", "11:30"), { hours, stores: 9 })).toBeNull();
    expect(fleetShareAtStart(incident("13:00", "14:00"), { hours, stores: 200 })).toBeNull();
  });
});
