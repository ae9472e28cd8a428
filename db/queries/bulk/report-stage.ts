import type { Db } from "@/db/client";

/** Tables of a transaction's own, like those that a report's rows are kept in. */
export const stagedTables = { report_rows: "staged_report_rows", fleet_rows: "staged_fleet_rows" } as const;

/** Makes the tables; they vanish with the transaction. */
export async function createReportStage({ sql }: Db): Promise<void> {
  for (const [table, staged] of Object.entries(stagedTables)) {
    await sql`create temp table ${sql(staged)} (like ${sql(table)}) on commit drop`;
  }
}

/** Keeps what was staged, in the order that the keys' indexes take fastest. */
export async function keepStagedRows({ sql }: Db): Promise<void> {
  await sql`insert into report_rows select * from ${sql(stagedTables.report_rows)} order by store_id`;
  await sql`insert into fleet_rows select * from ${sql(stagedTables.fleet_rows)} order by store_key`;
}
