import { and, eq, inArray, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { reports } from "@/db/schema/reports";
import { stores } from "@/db/schema/stores";
import type { EpochMs } from "@/lib/uptime/types";

/** A requested report that has ended. */
export interface ReportEnd {
  readonly id: number;
  readonly scope: "store" | "stores" | "fleet";
  /** For a report of one store. */
  readonly storeId: string | null;
  readonly method: string;
  readonly asOf: EpochMs;
  readonly failure: { readonly code: string; readonly reason: string } | null;
}

/** Null for a snapshot, which no one requested, and for a report that has not ended. */
export async function findReportEnd(db: Db, id: number): Promise<ReportEnd | null> {
  const { scope, method, asOf, failureCode, failureReason } = reports;
  const [row] = await db
    .select({ scope, storeId: stores.storeId, method, asOf, failureCode, failureReason })
    .from(reports)
    .leftJoin(stores, and(eq(scope, "store"), eq(stores.storeKey, sql`${reports.storeKeys}[1]`)))
    .where(and(eq(reports.id, id), eq(reports.origin, "request"), inArray(reports.state, ["complete", "failed"])));
  if (row === undefined) return null;
  const { failureCode: code, failureReason: reason, ...end } = row;
  return { id, ...end, failure: code === null ? null : { code, reason: reason ?? "" } };
}
