import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import {
  listFleetRows,
  searchFleetRows,
  type FleetListRow,
  type FleetOrder,
  type FleetPosition,
} from "@/db/queries/fleet-rows";
import { findFleetSummary } from "@/db/queries/fleet-summaries";
import { findSnapshot } from "@/db/queries/reports";
import type { StoreList, StoreListItem, StoreListQuery, StoreSort } from "@/lib/contract/stores";
import { AppError } from "@/lib/server/errors";
import { estimatesOf } from "@/lib/server/reports/figures";
import { toEstimate } from "@/lib/server/reports/report-lines";
import { isoInstant, isoOrNull } from "@/lib/server/reports/report-wire";

const orders: Readonly<Record<StoreSort, { readonly order: FleetOrder; readonly descending: boolean }>> = {
  uptime_week: { order: "uptime_week", descending: false },
  "-uptime_week": { order: "uptime_week", descending: true },
  uptime_day: { order: "uptime_day", descending: false },
  "-uptime_day": { order: "uptime_day", descending: true },
  "-down_week": { order: "down_ms_week", descending: true },
  store_id: { order: "store_id", descending: false },
};

interface Cursor {
  readonly snapshotId: number;
  readonly position: FleetPosition;
}

/** A cursor belongs to one list: that of these parameters. */
function listOf({ q, state, sort }: StoreListQuery): string {
  return createHash("sha256")
    .update(JSON.stringify([q ?? null, state ?? null, sort]))
    .digest("base64url")
    .slice(0, 12);
}

function encodeCursor(query: StoreListQuery, { snapshotId, position }: Cursor): string {
  const parts = [listOf(query), snapshotId, position.value, position.storeId];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

function decodeCursor(query: StoreListQuery, cursor: string): Cursor {
  const invalid = new AppError(
    "invalid_cursor",
    "Take the cursor from next_cursor of a page with the same other parameters.",
  );
  let decoded: unknown;
  try {
    decoded = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    throw invalid;
  }
  const parts: readonly unknown[] = Array.isArray(decoded) ? decoded : [];
  const [list, snapshotId, value, storeId] = parts;
  if (parts.length !== 4) throw invalid;
  const isPosition = (value === null || typeof value === "number") && typeof storeId === "string";
  if (list !== listOf(query) || !isPosition || typeof snapshotId !== "number" || !Number.isSafeInteger(snapshotId)) {
    throw invalid;
  }
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(storeId)) throw invalid;
  return { snapshotId, position: { value, storeId } };
}

function toItem(row: FleetListRow): StoreListItem {
  return {
    store_id: row.storeId,
    name: row.name,
    state: row.state,
    state_since: isoOrNull(row.stateSince),
    last_poll_at: isoOrNull(row.lastPollAt),
    uptime_ratio: row.uptime,
    down_ms: row.downMs,
    coverage: row.coverage,
  };
}

function valueOf(row: FleetListRow, order: FleetOrder): number | null {
  switch (order) {
    case "uptime_week":
      return row.uptime.week;
    case "uptime_day":
      return row.uptime.day;
    case "down_ms_week":
      return row.downMs.week;
    case "store_id":
      return null;
  }
}

const noSnapshotYet: StoreList = {
  as_of: null,
  computed_at: null,
  counts: { online: 0, offline: 0, closed: 0, no_recent_check: 0 },
  fleet: null,
  stores: [],
  matching: 0,
  next_cursor: null,
};

/**
 * One page of the fleet as of its newest snapshot. Further pages stay with the snapshot of the first as long as it is
 * kept, so that no store is shown twice or missed because figures moved.
 * @throws AppError invalid_cursor
 */
export async function listStores(database: Database, query: StoreListQuery): Promise<StoreList> {
  const cursor = query.cursor === undefined ? null : decodeCursor(query, query.cursor);
  const kept = cursor === null ? null : await findSnapshot(database.db, cursor.snapshotId);
  const snapshot = kept ?? (await findSnapshot(database.db, null));
  if (snapshot === null) return noSnapshotYet;

  const { order, descending } = orders[query.sort];
  const filter = { text: query.q || null, state: query.state ?? null };
  const page = { reportId: snapshot.id, order, descending, after: cursor?.position ?? null, limit: query.limit + 1 };
  const isFiltered = filter.text !== null || filter.state !== null;
  const [summary, { rows, matching }] = await Promise.all([
    findFleetSummary(database.db, snapshot.id),
    isFiltered
      ? searchFleetRows(database.sql, filter, page)
      : listFleetRows(database.sql, page).then((all) => ({ rows: all, matching: snapshot.storesDone })),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  const sums = summary === null ? null : estimatesOf(summary.sums);
  return {
    as_of: isoInstant(snapshot.asOf),
    computed_at: isoOrNull(snapshot.finishedAt),
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
    next_cursor:
      last === undefined
        ? null
        : encodeCursor(query, {
            snapshotId: snapshot.id,
            position: { value: valueOf(last, order), storeId: last.storeId },
          }),
  };
}
