import { expect, it } from "vitest";
import { fleetDefaults, type FleetParams } from "@/lib/client/page-params";
import { noMatchText } from "./no-match-text";

const text = (change: Partial<FleetParams>) => noMatchText({ ...fleetDefaults, ...change });

it("names the text and the state that no store has", () => {
  expect(text({ state: "offline" })).toBe("No store is offline.");
  expect(text({ q: "main", state: "offline" })).toBe("No store with “main” in its ID or name is offline.");
  expect(text({ q: "main" })).toBe("No store with “main” in its ID or name.");
});

it("counts a preset, a brand and a group as other filters", () => {
  for (const other of [{ preset: "on_track" }, { brand: "Taco Town" }, { group: "North" }] as const) {
    expect(text({ ...other, state: "offline" })).toBe("No store is offline and matches the other filters.");
    expect(text({ ...other, q: "main" })).toBe("No store with “main” in its ID or name matches the other filters.");
    expect(text(other)).toBe("No store matches these filters.");
  }
});
