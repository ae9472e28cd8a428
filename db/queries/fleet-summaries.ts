import { eq } from "drizzle-orm";
import type { DbOrTx, SqlOrTx } from "@/db/client";
import { fleetSummaries } from "@/db/schema/fleet-summaries";

export type FleetSummary = typeof fleetSummaries.$inferSelect;

export async function writeFleetSummary(tx: SqlOrTx, summary: FleetSummary): Promise<void> {
  await tx`
    insert into fleet_summaries (report_id, online, offline, closed, no_recent_check, sums, median_uptime, hourly, poll_gaps)
    values (${summary.reportId}, ${summary.online}, ${summary.offline}, ${summary.closed}, ${summary.noRecentCheck},
      ${summary.sums}::bigint[], ${summary.medianUptime}::float8[], ${summary.hourly}::bigint[],
      ${summary.pollGaps}::bigint[])`;
}

export async function findFleetSummary(db: DbOrTx, reportId: number): Promise<FleetSummary | null> {
  const [row] = await db.select().from(fleetSummaries).where(eq(fleetSummaries.reportId, reportId));
  return row ?? null;
}
