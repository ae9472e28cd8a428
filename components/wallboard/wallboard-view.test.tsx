import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Fleet } from "@/lib/contract/fleet";
import { WallboardFigures } from "./wallboard-view";

const none: Fleet = {
  snapshot: "none",
  newest_poll_at: null,
  as_of: null,
  computed_at: null,
  tz_release: null,
  stores: 0,
  counts: { online: 0, offline: 0, closed: 0, no_recent_check: 0 },
  paused: 0,
  retired: 0,
  windows: null,
  median_uptime_ratio: { hour: null, day: null, week: null },
  polling_gaps: [],
  hours: [],
};

function shown(change: Partial<Fleet>): string {
  const fleet = { ...none, ...change };
  return renderToStaticMarkup(
    <WallboardFigures fleet={fleet} offline={undefined} asOf={fleet.newest_poll_at} stale={false} />,
  );
}

describe("the wallboard", () => {
  it("shows no counters before the first figures, but what is awaited", () => {
    expect(shown({})).toContain("No stores yet");
    expect(shown({ snapshot: "pending" })).toContain("Computing the first figures…");
    for (const snapshot of ["none", "pending"] as const) expect(shown({ snapshot })).not.toContain("Offline");
  });

  it("shows counters from then on", () => {
    const html = shown({ snapshot: "ready", stores: 7, counts: { ...none.counts, offline: 7 } });
    expect(html).toContain("Offline");
    expect(html).toContain(">7<");
  });
});
