import { desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { fleetSummaries } from "@/db/schema/fleet-summaries";
import { reports } from "@/db/schema/reports";
import type { EpochMs } from "@/lib/uptime/types";
import { isCompleteSnapshot } from "./reports";

export type FleetSummary = typeof fleetSummaries.$inferSelect;

export async function writeFleetSummary(tx: Db, summary: FleetSummary): Promise<void> {
  await tx.insert(fleetSummaries).values(summary);
}

/** Earlier versions wrote NaN for the median of a window without data. */
const medianUptime = sql`array_replace(${fleetSummaries.medianUptime}, 'NaN'::float8, null)`.mapWith(
  fleetSummaries.medianUptime,
);

export async function findFleetSummary(db: Db, reportId: number): Promise<FleetSummary | null> {
  const [row] = await db
    .select({ ...getTableColumns(fleetSummaries), medianUptime })
    .from(fleetSummaries)
    .where(eq(fleetSummaries.reportId, reportId));
  return row ?? null;
}

/** Starts and ends, alternating, of the intervals without a poll of any store, as of the newest snapshot. */
export async function readPollGaps(db: Db): Promise<readonly EpochMs[]> {
  const newest = db
    .select({ id: reports.id })
    .from(reports)
    .where(isCompleteSnapshot)
    .orderBy(desc(reports.id))
    .limit(1);
  const [row] = await db
    .select({ gaps: fleetSummaries.pollGaps })
    .from(fleetSummaries)
    .where(eq(fleetSummaries.reportId, newest));
  return row?.gaps ?? [];
}
