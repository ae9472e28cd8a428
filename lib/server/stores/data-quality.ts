import type { Database } from "@/db/client";
import { countQuality, listConflicts, listIncompleteStores, type ConflictPosition } from "@/db/queries/data-quality";
import { readFleetState } from "@/db/queries/fleet-state";
import { findFleetSummary } from "@/db/queries/fleet-summaries";
import { findSnapshot } from "@/db/queries/reports";
import type { DataQuality, QualityList, QualityListName, QualityListQuery } from "@/lib/contract/data-quality";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { isoInstant, isoOrNull } from "@/lib/server/reports/report-wire";
import { toGaps } from "./get-fleet";

/** How much of the data is missing or contradicts itself. */
export async function getDataQuality({ db, sql }: Database, viewer: Viewer): Promise<DataQuality> {
  requireFleet(viewer);
  const [fleet, counts, snapshot] = await Promise.all([readFleetState(sql), countQuality(sql), findSnapshot(db, null)]);
  const summary = snapshot === null ? null : await findFleetSummary(db, snapshot.id);
  return {
    as_of: isoInstant(fleet.asOf),
    stores: counts.stores,
    counts: {
      without_hours: counts.withoutHours,
      without_zone: counts.withoutZone,
      without_polls: counts.withoutPolls,
      only_in_polls: counts.onlyInPolls,
      conflicts: counts.conflicts,
    },
    polling_gaps: summary?.pollGaps == null ? null : toGaps(summary.pollGaps),
  };
}

function decodeCursor(list: QualityListName, cursor: string): ConflictPosition {
  const match = /^([a-z_]+) ([A-Za-z0-9_-]{1,64}) (\d{1,13})$/.exec(
    Buffer.from(cursor, "base64url").toString("latin1"),
  );
  if (match?.[1] !== list) {
    throw new AppError("invalid_cursor", "Take the cursor from next_cursor of the page before of the same list.");
  }
  return { storeId: match[2] ?? "", at: Number(match[3]) };
}

/** One page of what is missing or contradicts itself. @throws AppError invalid_cursor */
export async function listQuality(
  { sql }: Database,
  viewer: Viewer,
  list: QualityListName,
  { cursor, limit }: QualityListQuery,
): Promise<QualityList> {
  requireFleet(viewer);
  const after = cursor === undefined ? null : decodeCursor(list, cursor);
  const rows =
    list === "conflicts"
      ? await listConflicts(sql, after, limit + 1)
      : await listIncompleteStores(sql, list, after?.storeId ?? "", limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    list,
    entries: page.map(({ storeId, name, at }) => ({ store_id: storeId, name, at: isoOrNull(at) })),
    next_cursor:
      last === undefined ? null : Buffer.from(`${list} ${last.storeId} ${last.at ?? 0}`).toString("base64url"),
  };
}
