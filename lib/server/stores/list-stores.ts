import type { Database } from "@/db/client";
import {
  listFleetRows,
  type FleetListRow,
  type FleetOrder,
  type FleetPageRequest,
  type FleetPosition,
} from "@/db/queries/bulk/fleet-list";
import { findSnapshot, type Snapshot } from "@/db/queries/reports";
import type { StoreCsvQuery, StoreList, StoreListItem, StoreListQuery, StoreSort } from "@/lib/contract/stores";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { openCursor, sealCursor, type CursorList } from "@/lib/server/wire/cursor";
import { estimatesOf } from "@/lib/server/figures/figures";
import { toFleetFilter } from "@/lib/server/access/fleet-filter";
import { openFleetReading } from "./fleet-summary";
import { toEstimate } from "@/lib/server/wire/uptime-wire";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { clockAround } from "@/lib/server/zones/zone-clock";
import { defaultTimeZone, resolveTimeZone } from "@/lib/uptime/time-zone";
import type { EpochMs, TimeZone } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

const orders: Readonly<Record<StoreSort, { readonly order: FleetOrder; readonly descending: boolean }>> = {
  uptime_week: { order: "uptime_week", descending: false },
  "-uptime_week": { order: "uptime_week", descending: true },
  uptime_day: { order: "uptime_day", descending: false },
  "-uptime_day": { order: "uptime_day", descending: true },
  uptime_hour: { order: "uptime_hour", descending: false },
  "-uptime_hour": { order: "uptime_hour", descending: true },
  down_week: { order: "down_ms_week", descending: false },
  "-down_week": { order: "down_ms_week", descending: true },
  coverage_week: { order: "coverage_week", descending: false },
  "-coverage_week": { order: "coverage_week", descending: true },
  state: { order: "state", descending: false },
  "-state": { order: "state", descending: true },
  state_since: { order: "state_since", descending: false },
  "-state_since": { order: "state_since", descending: true },
  name: { order: "name", descending: false },
  "-name": { order: "name", descending: true },
  store_id: { order: "store_id", descending: false },
  "-store_id": { order: "store_id", descending: true },
};

/** Rows of a list only show these instants. */
const listMarginMs = dayMs;

interface Cursor {
  readonly snapshotId: number;
  readonly position: FleetPosition;
}

/** A cursor belongs to one list: the one with these parameters. */
function listOf({ q, state, brand, group, tag, time_zone: timeZone, preset, sort }: StoreListQuery): CursorList {
  return ["stores", q, state, brand, group, tag, timeZone, preset, sort];
}

function isCursor(value: unknown): value is Cursor {
  return typeof value === "object" && value !== null && "snapshotId" in value && "position" in value;
}

/** The zone that the store's figures are computed with: Chicago when it has none, or one that the rules do not know. */
function zoneOf({ timeZone }: FleetListRow): TimeZone {
  return (timeZone === null ? null : resolveTimeZone(timeZone)) ?? defaultTimeZone;
}

/** The clocks that format a page of the list: one per zone, over the instants in its rows. */
function clocksOf(rows: readonly FleetListRow[], asOf: EpochMs): StoreList["clocks"] {
  const instants = new Map<TimeZone, (EpochMs | null)[]>();
  for (const row of rows) {
    const zone = zoneOf(row);
    const ofZone = instants.get(zone) ?? [asOf];
    ofZone.push(row.stateSince, row.lastPollAt);
    instants.set(zone, ofZone);
  }
  return [...instants].map(([zone, shown]) => clockAround(zone, shown, listMarginMs));
}

function toItem(row: FleetListRow): StoreListItem {
  return {
    store_id: row.storeId,
    name: row.name,
    brand: row.brand,
    group: row.group,
    tags: [...row.tags],
    time_zone: zoneOf(row),
    state: row.state,
    state_since: isoOrNull(row.stateSince),
    last_poll_at: isoOrNull(row.lastPollAt),
    uptime_ratio: row.uptime,
    down_ms: row.downMs,
    coverage: row.coverage,
  };
}

const noSnapshotYet: StoreList = {
  as_of: null,
  computed_at: null,
  tz_release: null,
  counts: { online: 0, offline: 0, closed: 0, no_recent_check: 0 },
  fleet: null,
  stores: [],
  matching: 0,
  clocks: [],
  next_cursor: null,
};

/**
 * The stores that match a query, from a position on, and how many match it in total.
 * @param only keys of stores that the viewer sees: these, also retired ones; null: all
 */
export async function readFleetPage(
  database: Database,
  viewer: Viewer,
  snapshot: Snapshot,
  { sort, ...query }: Omit<StoreCsvQuery, "bom">,
  after: FleetPosition | null,
  limit: number,
  only: readonly number[] | null = null,
): Promise<{ readonly rows: FleetListRow[]; readonly matching: number }> {
  const ofViewer = toFleetFilter(viewer, query);
  const filter = only === null ? ofViewer : { ...ofViewer, stores: only };
  const those = only === null ? "listed" : "retired too";
  const page: FleetPageRequest = { reportId: snapshot.id, ...orders[sort], after, limit, those };
  const { rows, matching } = await readAs(database, viewer, (db) => listFleetRows(db, filter, page));
  return { rows, matching: matching ?? snapshot.stores + snapshot.paused };
}

/**
 * One page of the fleet as of its newest snapshot. Further pages stay with the snapshot of the first while it exists,
 * so that no store is repeated or missed when figures change.
 * @param reading of the same database and viewer, when other parts of the response use it too
 * @throws AppError invalid_cursor
 */
export async function listStores(
  database: Database,
  viewer: Viewer,
  query: StoreListQuery,
  reading = openFleetReading(database, viewer),
): Promise<StoreList> {
  const list = listOf(query);
  const cursor = query.cursor === undefined ? null : await openCursor(database, viewer, list, query.cursor, isCursor);
  const kept = cursor === null ? null : await findSnapshot(database, cursor.snapshotId);
  const snapshot = kept ?? (await reading.head()).snapshot;
  if (snapshot === null) return noSnapshotYet;

  const [summary, { rows, matching }] = await Promise.all([
    reading.summary(snapshot.id),
    readFleetPage(database, viewer, snapshot, query, cursor?.position ?? null, query.limit + 1),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  const sums = summary === null ? null : estimatesOf(summary.sums);
  return {
    as_of: isoInstant(snapshot.asOf),
    computed_at: isoOrNull(snapshot.finishedAt),
    tz_release: snapshot.tzRelease,
    counts: {
      online: summary?.online ?? 0,
      offline: summary?.offline ?? 0,
      closed: summary?.closed ?? 0,
      no_recent_check: summary?.noRecentCheck ?? 0,
    },
    fleet:
      sums === null ? null : { hour: toEstimate(sums.hour), day: toEstimate(sums.day), week: toEstimate(sums.week) },
    stores: shown.map(toItem),
    matching,
    clocks: clocksOf(shown, snapshot.asOf),
    next_cursor:
      last === undefined
        ? null
        : await sealCursor(database, viewer, list, { snapshotId: snapshot.id, position: last.position }),
  };
}
