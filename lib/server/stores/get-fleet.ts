import type { Database } from "@/db/client";
import { readPollGaps } from "@/db/queries/fleet-summaries";
import type { Fleet } from "@/lib/contract/fleet";
import type { Viewer } from "@/lib/server/access/viewer";
import { estimatesOf } from "@/lib/server/figures/figures";
import { toEstimate, toBucket } from "@/lib/server/wire/uptime-wire";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { hoursOf } from "@/lib/uptime/buckets";
import type { EpochMs, Interval } from "@/lib/uptime/types";
import { windowAt } from "@/lib/uptime/windows";
import { openFleetReading } from "./fleet-summary";
import { hoursOfStores } from "./hours-of-stores";

const nothingYet: Omit<Fleet, "snapshot" | "newest_poll_at"> = {
  as_of: null,
  computed_at: null,
  tz_release: null,
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
  let end = "";
  return hoursOf(windowAt(asOf, "week")).map((hour: Interval, index) => {
    // Each begins where the one before ends, and to write an instant down takes as long as all the rest.
    const start = index === 0 ? isoInstant(hour.start) : end;
    end = isoInstant(hour.end);
    const [open_ms = 0, up_ms = 0, down_ms = 0, unknown_ms = 0] = sums.slice(4 * index, 4 * index + 4);
    return { start, end, open_ms, up_ms, down_ms, unknown_ms };
  });
}

/**
 * All stores that the viewer sees together, as of the newest snapshot.
 * @param signal aborted when nobody waits for the answer any more
 * @param reading of the same database and viewer, where other parts of the answer rest on it too
 */
export async function getFleet(
  database: Database,
  viewer: Viewer,
  reading = openFleetReading(database, viewer),
  signal?: AbortSignal,
): Promise<Fleet> {
  const { newestPollAt, dataVersion, snapshot } = await reading.head();
  const summary = snapshot === null ? null : await reading.summary(snapshot.id);
  const newest = { newest_poll_at: isoOrNull(newestPollAt) };
  if (snapshot === null || summary === null) {
    return { snapshot: dataVersion === 0 ? "none" : "pending", ...newest, ...nothingYet };
  }
  const { online, offline, closed, noRecentCheck } = summary;
  const own =
    viewer.stores === "all" ? null : await hoursOfStores(database, viewer, viewer.stores, snapshot.asOf, signal);
  const { hour, day, week } = estimatesOf(summary.sums);
  const [medianHour = null, medianDay = null, medianWeek = null] = summary.medianUptime ?? [];
  return {
    snapshot: "ready",
    ...newest,
    as_of: isoInstant(snapshot.asOf),
    computed_at: isoOrNull(snapshot.finishedAt),
    tz_release: snapshot.tzRelease,
    stores: viewer.stores === "all" ? snapshot.stores : online + offline + closed + noRecentCheck,
    counts: { online, offline, closed, no_recent_check: noRecentCheck },
    windows: { hour: toEstimate(hour), day: toEstimate(day), week: toEstimate(week) },
    median_uptime_ratio: { hour: medianHour, day: medianDay, week: medianWeek },
    // Of the fleet, for an owner too: of a few stores alone every pause between their polls would be one.
    polling_gaps: toGaps(viewer.stores === "all" ? (summary.pollGaps ?? []) : await readPollGaps(database.sql)),
    hours: own?.map(toBucket) ?? (summary.hourly === null ? [] : toHours(snapshot.asOf, summary.hourly)),
  };
}

/** The gaps of `getFleet` alone, which every page of a store marks. They are the fleet's, whoever looks. */
export async function getPollingGaps({ sql }: Pick<Database, "sql">): Promise<Fleet["polling_gaps"]> {
  return toGaps(await readPollGaps(sql));
}
