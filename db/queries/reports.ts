import { and, desc, eq, getTableColumns, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { fleetSummaries } from "@/db/schema/fleet-summaries";
import { reports } from "@/db/schema/reports";
import { stores } from "@/db/schema/stores";
import type { EpochMs } from "@/lib/uptime/types";

export type ReportRow = typeof reports.$inferSelect & {
  /** For a report of one store. */
  readonly storeId: string | null;
  /** The name of the person or key that requested it; null if there is none, or it was deleted. */
  readonly requestedByName: string | null;
  /** Number of reports queued before it; null when it is not queued. */
  readonly queuedBefore: number | null;
  /** Since it was started, while it runs. */
  readonly runningSeconds: number | null;
};

/** Selects the reports that a viewer sees who does not see all: their own, of stores that they see. */
export interface OwnReports {
  readonly account: string;
  readonly stores: readonly number[];
}

const withStoreId = {
  ...getTableColumns(reports),
  storeId: stores.storeId,
  requestedByName: sql<string | null>`account_name(${reports.requestedBy})`,
  queuedBefore: sql<number | null>`case when ${reports.state} = 'queued' then (
    select count(*)::int from reports as other
    where other.state = 'queued' and (other.turn, other.created_at, other.id) < (${reports.turn}, ${reports.createdAt}, ${reports.id})) end`,
  runningSeconds: sql<number | null>`case when ${reports.state} = 'running' then
    extract(epoch from clock_timestamp() - ${reports.startedAt})::float8 end`,
};

function selectReports(db: Db) {
  return db
    .select(withStoreId)
    .from(reports)
    .leftJoin(stores, and(eq(reports.scope, "store"), eq(stores.storeKey, sql`${reports.storeKeys}[1]`)));
}

function isOwn(own: OwnReports | null) {
  if (own === null) return undefined;
  return and(eq(reports.requestedBy, own.account), sql`${reports.storeKeys} <@ ${`{${own.stores.join(",")}}`}::int[]`);
}

/** @param own null: any owner */
export async function findReport(db: Db, id: number, own: OwnReports | null = null): Promise<ReportRow | null> {
  const [row] = await selectReports(db).where(and(eq(reports.id, id), isOwn(own)));
  return row ?? null;
}

/** Requested reports, newest first. @param before only reports with smaller ids */
export function listRequestedReports(
  db: Db,
  before: number | null,
  limit: number,
  own: OwnReports | null = null,
): Promise<ReportRow[]> {
  return selectReports(db)
    .where(
      and(
        eq(reports.origin, "request"),
        isNull(reports.expiredAt),
        before === null ? undefined : lt(reports.id, before),
        isOwn(own),
      ),
    )
    .orderBy(desc(reports.id))
    .limit(limit);
}

/** A complete snapshot of the fleet. */
export interface Snapshot {
  readonly id: number;
  readonly asOf: EpochMs;
  readonly finishedAt: EpochMs | null;
  /** Number of its stores: all that were active then. */
  readonly stores: number;
  /** Number of stores that it lists without counting them. */
  readonly paused: number;
  /** Release of the tz database that it was computed with; null when none was recorded. */
  readonly tzRelease: string | null;
}

/** As literals, as in the definition of their index. */
export const isCompleteSnapshot = sql`${reports.origin} = 'snapshot' and ${reports.state} = 'complete'`;

/** The newest complete snapshot; or the one with `id`, if it is still kept. */
export async function findSnapshot(db: Db, id: number | null): Promise<Snapshot | null> {
  const { asOf, finishedAt, storesDone, tzRelease } = reports;
  const [row] = await db
    .select({
      ...{ id: reports.id, asOf, finishedAt, stores: storesDone, tzRelease },
      paused: sql<number>`coalesce(${fleetSummaries.paused}, 0)`,
    })
    .from(reports)
    .leftJoin(fleetSummaries, eq(fleetSummaries.reportId, reports.id))
    .where(and(isCompleteSnapshot, id === null ? undefined : eq(reports.id, id)))
    .orderBy(desc(reports.id))
    .limit(1);
  return row ?? null;
}
