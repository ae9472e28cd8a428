import type { Db } from "@/db/client";

/** Temporary tables of a transaction, like those of a report's rows. */
export const stagedTables = {
  report_rows: "staged_report_rows",
  fleet_rows: "staged_fleet_rows",
  fleet_incidents: "staged_fleet_incidents",
} as const;

/** Creates the tables; they are dropped with the transaction. */
export async function createReportStage({ sql }: Db): Promise<void> {
  for (const [table, staged] of Object.entries(stagedTables)) {
    await sql`create temp table ${sql(staged)} (like ${sql(table)}) on commit drop`;
  }
}

/** Inserts the staged rows, in the order that is fastest for the keys' indexes. */
export async function insertStagedRows({ sql }: Db): Promise<void> {
  await sql`insert into report_rows select * from ${sql(stagedTables.report_rows)} order by store_id`;
  await sql`insert into fleet_rows select * from ${sql(stagedTables.fleet_rows)} order by store_key`;
  await sql`insert into fleet_incidents select * from ${sql(stagedTables.fleet_incidents)} order by started_at, store_key`;
}
