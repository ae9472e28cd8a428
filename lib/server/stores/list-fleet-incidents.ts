import type { Database, Db } from "@/db/client";
import {
  countIncidents,
  listIncidents,
  type IncidentPosition,
  type IncidentSelection,
  type ListedIncident,
} from "@/db/queries/bulk/fleet-incidents";
import { findFleetSummary, type FleetSummary } from "@/db/queries/fleet-summaries";
import { findSnapshot, type Snapshot } from "@/db/queries/reports";
import type { FleetIncident, FleetIncidents, FleetIncidentsQuery } from "@/lib/contract/fleet-incidents";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { effectiveZone } from "@/lib/server/figures/prepare-schedule";
import { openCursor, sealCursor, type CursorList } from "@/lib/server/wire/cursor";
import { isoInstant } from "@/lib/server/wire/instants";
import { clockAround } from "@/lib/server/zones/zone-clock";
import { cutAtUtcHours } from "@/lib/uptime/buckets";
import { downShareAtStart } from "@/lib/contract/fleet-share";
import type { EpochMs, TimeZone } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";
import { windowAt } from "@/lib/uptime/windows";
import { toFleetFilter } from "@/lib/server/access/fleet-filter";

type ListedQuery = Omit<FleetIncidentsQuery, "cursor" | "limit">;

/** Rows of the list only show these instants. */
const listMarginMs = dayMs;

interface Cursor extends IncidentPosition {
  readonly snapshotId: number;
  /** Counted for the first page. */
  readonly matching: number;
}

function isCursor(value: unknown): value is Cursor {
  return typeof value === "object" && value !== null && "snapshotId" in value && "downMs" in value;
}

function listOf({ q, state, brand, group, tag, time_zone: timeZone, preset, window, sort }: ListedQuery): CursorList {
  return ["fleet-incidents", q, state, brand, group, tag, timeZone, preset, window, sort];
}

/** A snapshot whose incidents were computed with it, with its summary. */
export interface IncidentSnapshot {
  readonly snapshot: Snapshot;
  readonly summary: FleetSummary;
}

/** The newest snapshot, or the one with `id` while it is kept; null where its incidents were not computed with it. */
export async function findIncidentSnapshot(database: Database, id: number | null): Promise<IncidentSnapshot | null> {
  const snapshot = await findSnapshot(database, id);
  const summary = snapshot === null ? null : await findFleetSummary(database, snapshot.id);
  return snapshot === null || summary === null || summary.incidents === null ? null : { snapshot, summary };
}

export function selectionOf({ snapshot }: IncidentSnapshot, viewer: Viewer, query: ListedQuery): IncidentSelection {
  return {
    reportId: snapshot.id,
    endsAfter: windowAt(snapshot.asOf, query.window).start,
    stores: toFleetFilter(viewer, query),
  };
}

/**
 * Finds the share of the fleet that was down when an incident began. That of the whole fleet is not for viewers of some
 * of its stores.
 */
export function shareFinder(
  { snapshot, summary }: IncidentSnapshot,
  viewer: Viewer,
): (incident: Pick<ListedIncident, "startedAt" | "endedAt">) => number | null {
  const { hourly } = summary;
  if (viewer.stores !== "all" || hourly === null) return () => null;
  const hours = cutAtUtcHours(windowAt(snapshot.asOf, "week")).map((hour, index) => ({
    ...hour,
    upMs: hourly[4 * index + 1] ?? 0,
    downMs: hourly[4 * index + 2] ?? 0,
  }));
  return ({ startedAt: start, endedAt: end }) => downShareAtStart({ start, end }, hours, snapshot.stores);
}

function toIncident(row: ListedIncident, fleetShare: number | null): FleetIncident {
  return {
    store_id: row.storeId,
    name: row.name,
    brand: row.brand,
    group: row.groupName,
    time_zone: effectiveZone(row.timeZone),
    start: isoInstant(row.startedAt),
    end: isoInstant(row.endedAt),
    ongoing: row.ongoing,
    started_before: !row.startKnown,
    down_ms: row.downMs,
    polls: row.polls,
    fleet_share: fleetShare,
  };
}

/** The clocks that format a page of the list: one per zone, over the instants in its rows. */
function clocksOf(rows: readonly ListedIncident[], asOf: EpochMs): FleetIncidents["clocks"] {
  const instants = new Map<TimeZone, EpochMs[]>();
  for (const { timeZone, startedAt, endedAt } of rows) {
    const zone = effectiveZone(timeZone);
    instants.set(zone, [...(instants.get(zone) ?? [asOf]), startedAt, endedAt]);
  }
  return [...instants].map(([zone, shown]) => clockAround(zone, shown, listMarginMs));
}

/**
 * One page of the incidents of the viewer's stores that match, as of the newest snapshot. Further pages stay with the
 * snapshot of the first while it exists.
 * @throws AppError invalid_cursor
 */
export async function listFleetIncidents(
  database: Database,
  viewer: Viewer,
  query: FleetIncidentsQuery,
): Promise<FleetIncidents> {
  const list = listOf(query);
  const cursor = query.cursor === undefined ? null : await openCursor(database, viewer, list, query.cursor, isCursor);
  const kept = cursor === null ? null : await findIncidentSnapshot(database, cursor.snapshotId);
  const found = kept ?? (await findIncidentSnapshot(database, null));
  if (found === null) {
    return { as_of: null, from: null, incidents: [], matching: 0, clocks: [], next_cursor: null };
  }
  const { snapshot } = found;
  const selection = selectionOf(found, viewer, query);
  const read = async (db: Db) => ({
    rows: await listIncidents(db, selection, { order: query.sort, after: cursor, limit: query.limit + 1 }),
    matching: kept === null || cursor === null ? await countIncidents(db, selection) : cursor.matching,
  });
  const { rows, matching } = await readAs(database, viewer, read);
  const shareOf = shareFinder(found, viewer);
  const page = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? page.at(-1) : undefined;
  const positionOf = ({ startedAt: start, downMs, storeKey }: ListedIncident): Cursor => {
    return { snapshotId: snapshot.id, matching, start, downMs, storeKey };
  };
  return {
    as_of: isoInstant(snapshot.asOf),
    from: isoInstant(selection.endsAfter),
    incidents: page.map((row) => toIncident(row, shareOf(row))),
    matching,
    clocks: clocksOf(page, snapshot.asOf),
    next_cursor: last === undefined ? null : await sealCursor(database, viewer, list, positionOf(last)),
  };
}
