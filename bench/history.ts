import { ensurePollPartitions, weekStart } from "@/db/queries/bulk/poll-partitions";
import { vacuumAnalyze } from "@/db/queries/bulk/vacuum-analyze";
import type { BenchDatabase } from "./bench-database";
import type { BenchFleet } from "./bench-fleet";
import { dayMs } from "@/lib/uptime/units";

/** Days of polls in the fleet's files. */
const fleetDays = 8;

/** Inserts `days` days of polls before the fleet's: the same ones, repeated. */
export async function addHistory(db: BenchDatabase, fleet: BenchFleet, days: number): Promise<void> {
  const newest = new Date(fleet.endsAt).toISOString();
  const weeks = new Set<number>();
  for (let back = 0; back < days + 2 * fleetDays; back++) weeks.add(weekStart(fleet.endsAt - back * dayMs));
  await ensurePollPartitions(db, weeks);
  for (let back = fleetDays; back <= days; back += fleetDays) {
    await db.sql`
      insert into polls (store_key, at, active)
      select store_key, at - make_interval(days => ${back}), active from polls
      where at > ${newest}::timestamptz - make_interval(days => ${fleetDays}) and at <= ${newest}::timestamptz
      order by store_key, at
      on conflict do nothing`;
  }
  await vacuumAnalyze(db, ["polls"]);
}
