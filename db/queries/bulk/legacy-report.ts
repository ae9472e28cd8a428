import type { Db, Sql } from "@/db/client";
import { orNull, readRow, type RowOf } from "@/db/rows";
import { reportRows, reports } from "@/db/schema/reports";
import type { OwnReports } from "@/db/queries/reports";

const reportRow = {
  id: reports.id,
  state: reports.state,
  method: reports.method,
  asOf: reports.asOf,
  failureCode: reports.failureCode,
  failureReason: reports.failureReason,
  expiredAt: reports.expiredAt,
  /** The figures of a complete report of one store; otherwise null. */
  figures: orNull(reportRows.figures),
};

/** The part of a report that `POST /store/get_report/` returns. */
export type LegacyReportRow = RowOf<typeof reportRow>;

/** The statement of `findLegacyReport`. */
export function selectLegacyReport(sql: Sql, id: number, own: OwnReports | null) {
  const isOwn =
    own === null ? sql`` : sql`and r.requested_by = ${own.account} and r.store_keys <@ ${[...own.stores]}::int[]`;
  // The order forces the planner to use the key: without one it expects a match soon and scans all rows.
  return sql`
    select r.id, r.state, r.method, r.as_of, r.failure_code, r.failure_reason, r.expired_at,
      case when r.scope = 'store' and r.state = 'complete'
        then (select figures from report_rows where report_id = r.id order by store_id limit 1) end as figures
    from reports r where r.id = ${id} ${isOwn}`;
}

/**
 * Reads a report in one statement that is planned once per connection: programs poll until it is complete.
 * @param own null: any owner
 */
export async function findLegacyReport(
  { sql }: Db,
  id: number,
  own: OwnReports | null,
): Promise<LegacyReportRow | null> {
  return readRow(selectLegacyReport(sql, id, own), reportRow);
}
