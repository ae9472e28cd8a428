import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Rollups } from "@/lib/contract/fleet";
import { RollupsFigures } from "./rollups-view";

const estimate = {
  open_ms: 1_000,
  up_ms: 900,
  down_ms: 100,
  unknown_ms: 0,
  up_lowest_ms: 900,
  up_highest_ms: 900,
  polls: 1,
  uptime_ratio: 0.9,
  coverage: 1,
};
const row = {
  label: "Taco Town",
  stores: 3,
  offline: 1,
  windows: { hour: estimate, day: estimate, week: estimate },
};
const base: Rollups = { as_of: "2023-01-25T18:13:00.000Z", by: "brand", matching: 1, rollups: [row] };

function shown(change: Partial<Rollups>): string {
  return renderToStaticMarkup(<RollupsFigures data={{ ...base, ...change }} by="brand" />);
}

describe("roll-ups", () => {
  it("say how many rows are left out", () => {
    expect(shown({})).not.toContain("Showing");
    expect(shown({ matching: 1_200 })).toContain("Showing the 1 of 1,200 rows with the most stores.");
  });

  it("say as of when they are, and before that what is awaited", () => {
    expect(shown({})).toContain("As of <time");
    expect(shown({ as_of: null, matching: 0, rollups: [] })).toContain("Computing the first figures…");
    expect(shown({ matching: 0, rollups: [] })).toContain("No stores yet");
  });
});
