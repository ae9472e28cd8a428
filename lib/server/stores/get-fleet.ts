import type { Database } from "@/db/client";
import { summariseMatching } from "@/db/queries/bulk/fleet-totals";
import { readPollGaps, type FleetSummary } from "@/db/queries/fleet-summaries";
import type { Fleet, FleetQuery } from "@/lib/contract/fleet";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { estimatesOf } from "@/lib/server/figures/figures";
import { toEstimate, toBucket } from "@/lib/server/wire/uptime-wire";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { cutAtUtcHours } from "@/lib/uptime/buckets";
import type { EpochMs, Interval } from "@/lib/uptime/types";
import { windowAt } from "@/lib/uptime/windows";
import { isFiltered, toFleetFilter } from "@/lib/server/access/fleet-filter";
import { openFleetReading } from "./fleet-summary";
import { hoursOfStores } from "./hours-of-stores";

const nothingYet: Omit<Fleet, "snapshot" | "newest_poll_at"> = {
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

/** Alternating starts and ends, as intervals. */
export function toGaps(edges: readonly number[]): { start: string; end: string }[] {
  const starts = edges.filter((_at, index) => index % 2 === 0);
  return starts.map((start, index) => ({ start: isoInstant(start), end: isoInstant(edges[2 * index + 1]!) }));
}

function toHours(asOf: EpochMs, sums: readonly number[]): Fleet["hours"] {
  let end = "";
  return cutAtUtcHours(windowAt(asOf, "week")).map((hour: Interval, index) => {
    // Each starts where the one before ends, and formatting an instant takes as long as everything else.
    const start = index === 0 ? isoInstant(hour.start) : end;
    end = isoInstant(hour.end);
    const [open_ms = 0, up_ms = 0, down_ms = 0, unknown_ms = 0] = sums.slice(4 * index, 4 * index + 4);
    return { start, end, open_ms, up_ms, down_ms, unknown_ms };
  });
}

/**
 * Totals of the viewer's stores, or of those that match a filter, as of the newest snapshot.
 * @param signal aborted when the response is no longer wanted
 * @param reading of the same database and viewer, when other parts of the response use it too
 */
export async function getFleet(
  database: Database,
  viewer: Viewer,
  reading = openFleetReading(database, viewer),
  signal?: AbortSignal,
  query: FleetQuery = {},
): Promise<Fleet> {
  const { newestPollAt, dataVersion, snapshot } = await reading.head();
  const filtered = isFiltered(query);
  const summaryOf = ({ id }: { readonly id: number }): Promise<FleetSummary | null> =>
    filtered
      ? readAs(database, viewer, (db) => summariseMatching(db, id, toFleetFilter(viewer, query)))
      : reading.summary(id);
  const summary = snapshot === null ? null : await summaryOf(snapshot);
  const newest = { newest_poll_at: isoOrNull(newestPollAt) };
  if (snapshot === null || summary === null) {
    return { snapshot: dataVersion === 0 ? "none" : "pending", ...newest, ...nothingYet };
  }
  const { online, offline, closed, noRecentCheck } = summary;
  const counts = { online, offline, closed, no_recent_check: noRecentCheck };
  const { paused, retired } = summary;
  const counted =
    query.state === undefined
      ? online + offline + closed + noRecentCheck
      : query.state === "paused" || query.state === "retired"
        ? 0
        : counts[query.state];
  const own =
    viewer.stores === "all" || filtered
      ? null
      : await hoursOfStores(database, viewer, viewer.stores, snapshot.asOf, signal);
  const { hour, day, week } = estimatesOf(summary.sums);
  const [medianHour = null, medianDay = null, medianWeek = null] = summary.medianUptime ?? [];
  return {
    snapshot: "ready",
    ...newest,
    as_of: isoInstant(snapshot.asOf),
    computed_at: isoOrNull(snapshot.finishedAt),
    tz_release: snapshot.tzRelease,
    stores: viewer.stores === "all" && !filtered ? snapshot.stores : counted,
    counts,
    paused,
    retired,
    windows: { hour: toEstimate(hour), day: toEstimate(day), week: toEstimate(week) },
    median_uptime_ratio: { hour: medianHour, day: medianDay, week: medianWeek },
    // Gaps of the whole fleet, for an owner too: with few stores every pause between polls would be a gap.
    polling_gaps: toGaps(summary.pollGaps ?? (await readPollGaps(database))),
    hours: own?.map(toBucket) ?? (summary.hourly === null ? [] : toHours(snapshot.asOf, summary.hourly)),
  };
}

/** Only the gaps of `getFleet`, which every store page marks. They are those of the fleet for every viewer. */
export async function getPollingGaps(database: Database): Promise<Fleet["polling_gaps"]> {
  return toGaps(await readPollGaps(database));
}
