import type { Database } from "@/db/client";
import {
  countFuturePolls,
  countQuality,
  listConflicts,
  listFuturePolls,
  listStores,
  type ConflictPosition,
} from "@/db/queries/bulk/data-quality";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { findFleetSummary } from "@/db/queries/fleet-summaries";
import { findSnapshot } from "@/db/queries/reports";
import { countStoresOfZones, listRuleChanges } from "@/db/queries/zone-rules";
import type { DataQuality, QualityList, QualityListName, QualityListQuery } from "@/lib/contract/data-quality";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { openCursor, sealCursor } from "@/lib/server/wire/cursor";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { defaultTimeZone } from "@/lib/uptime/time-zone";
import { toGaps } from "./get-fleet";

const shownChangesDays = 90;

/** Changes of the time zone rules, with the zones of the viewer's stores that they affected. */
async function readRuleChanges(database: Database, viewer: Viewer): Promise<DataQuality["zone_rule_changes"]> {
  const changes = await listRuleChanges(database, shownChangesDays);
  const zones = [...new Set(changes.flatMap((change) => change.zones))];
  const stores =
    zones.length === 0
      ? new Map<string, number>()
      : await readAs(database, viewer, (db) => countStoresOfZones(db, zones, viewer.stores, defaultTimeZone));
  return changes.map(({ at, fromRelease, toRelease, zones: changed }) => ({
    at: isoInstant(at),
    from_release: fromRelease,
    to_release: toRelease,
    zones: changed.flatMap((zone) => {
      const count = stores.get(zone);
      return count === undefined ? [] : [{ time_zone: zone, stores: count }];
    }),
  }));
}

/** How much of the data is missing or contradictory. */
export async function getDataQuality(database: Database, viewer: Viewer): Promise<DataQuality> {
  const { stores } = viewer;
  const [fleet, counts, future, snapshot, ruleChanges] = await Promise.all([
    readFleetState(database),
    readAs(database, viewer, (seen) => countQuality(seen, stores)),
    readAs(database, viewer, (seen) => countFuturePolls(seen, stores, Date.now())),
    findSnapshot(database, null),
    readRuleChanges(database, viewer),
  ]);
  const summary = snapshot === null ? null : await findFleetSummary(database, snapshot.id);
  return {
    as_of: isoInstant(fleet.asOf),
    stores: counts.stores,
    counts: {
      without_hours: counts.withoutHours,
      without_zone: counts.withoutZone,
      without_polls: counts.withoutPolls,
      only_in_polls: counts.onlyInPolls,
      overlapping_nights: counts.overlappingNights,
      kept_hours: counts.keptHours,
      shifted_days: counts.shiftedDays,
      missing_day: counts.missingDay,
      single_full_day: counts.singleFullDay,
      conflicts: counts.conflicts,
      future_polls: future.polls,
    },
    future_stores: future.stores,
    zone_rule_changes: ruleChanges,
    // Gaps of the whole fleet, for an owner too: with few stores every pause would be a gap.
    polling_gaps: summary === null ? null : toGaps(summary.pollGaps ?? []),
  };
}

function isPosition(value: unknown): value is ConflictPosition {
  return typeof value === "object" && value !== null && "storeId" in value && "at" in value;
}

/** One page of a list of missing or contradictory data. @throws AppError invalid_cursor */
export async function listQuality(
  database: Database,
  viewer: Viewer,
  list: QualityListName,
  { cursor, limit }: QualityListQuery,
): Promise<QualityList> {
  const pages = ["data-quality", list] as const;
  const after = cursor === undefined ? null : await openCursor(database, viewer, pages, cursor, isPosition);
  const rows = await readAs(database, viewer, (db) => {
    if (list === "conflicts") return listConflicts(db, viewer.stores, after, limit + 1);
    if (list === "future_polls") return listFuturePolls(db, viewer.stores, Date.now(), after, limit + 1);
    return listStores(db, viewer.stores, list, after?.storeId ?? "", limit + 1);
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    list,
    entries: page.map(({ storeId, name, at }) => ({ store_id: storeId, name, at: isoOrNull(at) })),
    next_cursor:
      last === undefined
        ? null
        : await sealCursor(database, viewer, pages, { storeId: last.storeId, at: last.at ?? 0 }),
  };
}
