import type { Db, Sql } from "@/db/client";
import type { EpochMs, Method } from "@/lib/uptime/types";
import type { OwnReports } from "./reports";

/** As much of a report as `POST /store/get_report/` answers. */
export interface LegacyReportRow {
  readonly id: number;
  readonly state: "queued" | "running" | "complete" | "failed";
  readonly method: Method;
  readonly asOf: EpochMs;
  readonly failureCode: string | null;
  readonly failureReason: string | null;
  readonly expiredAt: EpochMs | null;
  /** Of the one store that a complete report is about; null: it is about several, or not complete. */
  readonly figures: readonly number[] | null;
}

type Instants = "asOf" | "expiredAt";
type Raw = Omit<LegacyReportRow, Instants> & { readonly asOf: string; readonly expiredAt: string | null };

/** The statement of `findLegacyReport`. */
export function selectLegacyReport(sql: Sql, id: number, own: OwnReports | null) {
  const isOwn =
    own === null ? sql`` : sql`and r.requested_by = ${own.account} and r.store_keys <@ ${[...own.stores]}::int[]`;
  // The order leaves no way but the key: of rows in any order the planner expects one soon, and looks through them all.
  return sql<Raw[]>`
    select r.id::float8 as id, r.state, r.method, r.as_of as "asOf", r.failure_code as "failureCode",
      r.failure_reason as "failureReason", r.expired_at as "expiredAt",
      case when r.scope = 'store' and r.state = 'complete'
        then (select figures from report_rows where report_id = r.id order by store_id limit 1) end as figures
    from reports r where r.id = ${id} ${isOwn}`;
}

/**
 * A report in one statement that is planned once a connection: programs ask again and again until it is complete.
 * @param own null: whosever it is
 */
export async function findLegacyReport(
  { sql }: Db,
  id: number,
  own: OwnReports | null,
): Promise<LegacyReportRow | null> {
  const [row] = await selectLegacyReport(sql, id, own);
  if (row === undefined) return null;
  const { asOf, expiredAt } = row;
  return { ...row, asOf: Date.parse(asOf), expiredAt: expiredAt === null ? null : Date.parse(expiredAt) };
}
