import type { Database } from "@/db/client";
import { readFleetState } from "@/db/queries/fleet-state";
import { findFleetSummary } from "@/db/queries/fleet-summaries";
import { findSnapshot } from "@/db/queries/reports";
import type { Fleet } from "@/lib/contract/fleet";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { estimatesOf } from "@/lib/server/reports/figures";
import { toEstimate } from "@/lib/server/reports/report-lines";
import { isoInstant, isoOrNull } from "@/lib/server/reports/report-wire";
import { hoursOf } from "@/lib/uptime/buckets";
import type { EpochMs, Interval } from "@/lib/uptime/types";
import { windowAt } from "@/lib/uptime/windows";
import { toBucket } from "./uptime-wire";

const nothingYet: Omit<Fleet, "snapshot" | "newest_poll_at"> = {
  as_of: null,
  computed_at: null,
  stores: 0,
  counts: { online: 0, offline: 0, closed: 0, no_recent_check: 0 },
  windows: null,
  median_uptime_ratio: { hour: null, day: null, week: null },
  polling_gaps: [],
  hours: [],
};

/** Starts and ends in turn, as intervals. */
export function toGaps(edges: readonly number[]): { start: string; end: string }[] {
  const starts = edges.filter((_at, index) => index % 2 === 0);
  return starts.map((start, index) => ({ start: isoInstant(start), end: isoInstant(edges[2 * index + 1]!) }));
}

function toHours(asOf: EpochMs, sums: readonly number[]): Fleet["hours"] {
  return hoursOf(windowAt(asOf, "week")).map((hour: Interval, index) => {
    const [openMs = 0, upMs = 0, downMs = 0, unknownMs = 0] = sums.slice(4 * index, 4 * index + 4);
    return toBucket({ ...hour, openMs, upMs, downMs, unknownMs });
  });
}

/** All stores together, as of the newest snapshot: nothing is computed here. */
export async function getFleet({ db, sql }: Database, viewer: Viewer): Promise<Fleet> {
  requireFleet(viewer);
  const [{ newestPollAt, dataVersion }, snapshot] = await Promise.all([readFleetState(sql), findSnapshot(db, null)]);
  const summary = snapshot === null ? null : await findFleetSummary(db, snapshot.id);
  const newest = { newest_poll_at: isoOrNull(newestPollAt) };
  if (snapshot === null || summary === null) {
    return { snapshot: dataVersion === 0 ? "none" : "pending", ...newest, ...nothingYet };
  }
  const { hour, day, week } = estimatesOf(summary.sums);
  const [medianHour = null, medianDay = null, medianWeek = null] = summary.medianUptime ?? [];
  return {
    snapshot: "ready",
    ...newest,
    as_of: isoInstant(snapshot.asOf),
    computed_at: isoOrNull(snapshot.finishedAt),
    stores: snapshot.storesDone,
    counts: {
      online: summary.online,
      offline: summary.offline,
      closed: summary.closed,
      no_recent_check: summary.noRecentCheck,
    },
    windows: { hour: toEstimate(hour), day: toEstimate(day), week: toEstimate(week) },
    median_uptime_ratio: { hour: medianHour, day: medianDay, week: medianWeek },
    polling_gaps: toGaps(summary.pollGaps ?? []),
    hours: summary.hourly === null ? [] : toHours(snapshot.asOf, summary.hourly),
  };
}
