import { and, count, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { reports } from "@/db/schema/reports";
import { stores } from "@/db/schema/stores";
import { zoneRuleChanges, zoneRules } from "@/db/schema/zone-rules";
import { isAmong, type StoreSet } from "@/db/store-set";
import { isStore } from "./store-lifecycle";

/** The time zone rules that figures were last computed with, see `zone_rules`. */
export type RecordedZoneRules = Omit<typeof zoneRules.$inferSelect, "only">;

/**
 * The rules recorded last, locked until the transaction ends, so that replicas starting at the same time see each
 * other's.
 */
export async function lockRecordedRules(tx: Db): Promise<RecordedZoneRules | null> {
  await lockForTransaction(tx, advisoryLocks.zoneRules);
  const { release, spanStart, spanEnd, fingerprints } = zoneRules;
  const [row] = await tx.select({ release, spanStart, spanEnd, fingerprints }).from(zoneRules);
  return row ?? null;
}

export async function recordRules(tx: Db, rules: RecordedZoneRules): Promise<void> {
  await tx.insert(zoneRules).values(rules).onConflictDoUpdate({ target: zoneRules.only, set: rules });
}

/** Whether anything was computed before releases were recorded. */
export async function hasUnrecordedFigures(tx: Db): Promise<boolean> {
  const rows = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.state, "complete"), isNull(reports.tzRelease)))
    .limit(1);
  return rows.length > 0;
}

export type NewRuleChange = Pick<typeof zoneRuleChanges.$inferSelect, "fromRelease" | "toRelease" | "zones">;

export type ZoneRuleChange = NewRuleChange & Pick<typeof zoneRuleChanges.$inferSelect, "at">;

export async function insertRuleChange(tx: Db, change: NewRuleChange): Promise<void> {
  await tx.insert(zoneRuleChanges).values(change);
}

/** The number of stores of each zone; unused zones are omitted. @param assumed the zone of stores without one */
export async function countStoresOfZones(
  db: Db,
  zones: readonly string[],
  within: StoreSet,
  assumed: string,
): Promise<ReadonlyMap<string, number>> {
  const zoned = db
    .select({ zone: sql<string>`coalesce(${stores.timeZone}, ${assumed})`.as("zone") })
    .from(stores)
    .where(and(isStore, isAmong(stores.storeKey, within)))
    .as("zoned");
  const rows = await db
    .select({ zone: zoned.zone, stores: count() })
    .from(zoned)
    .where(sql`${zoned.zone} = any(${sql.param([...zones])}::text[])`)
    .groupBy(zoned.zone)
    .orderBy(sql`${zoned.zone} collate "C"`);
  return new Map(rows.map((row) => [row.zone, row.stores]));
}

/** Changes of the rules in the last `days`, newest first, at most ten. */
export function listRuleChanges(db: Db, days: number): Promise<ZoneRuleChange[]> {
  const { at, fromRelease, toRelease, zones } = zoneRuleChanges;
  return db
    .select({ at, fromRelease, toRelease, zones })
    .from(zoneRuleChanges)
    .where(gt(at, sql`now() - make_interval(days => ${days})`))
    .orderBy(desc(zoneRuleChanges.id))
    .limit(10);
}
