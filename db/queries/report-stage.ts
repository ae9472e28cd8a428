import type { SqlOrTx } from "@/db/client";

/** Tables of a transaction's own, like those that a report's rows are kept in. */
export const stagedTables = { report_rows: "staged_report_rows", fleet_rows: "staged_fleet_rows" } as const;

/** Makes the tables; they vanish with the transaction. */
export async function createReportStage(tx: SqlOrTx): Promise<void> {
  for (const [table, staged] of Object.entries(stagedTables)) {
    await tx`create temp table ${tx(staged)} (like ${tx(table)}) on commit drop`;
  }
}

/** Keeps what was staged, in the order that the keys' indexes take fastest. */
export async function keepStagedRows(tx: SqlOrTx): Promise<void> {
  await tx`insert into report_rows select * from ${tx(stagedTables.report_rows)} order by store_id`;
  await tx`insert into fleet_rows select * from ${tx(stagedTables.fleet_rows)} order by store_key`;
}
