import type { Db } from "@/db/client";

/** A report that was asked for and has ended. */
export interface ReportEnd {
  readonly id: number;
  readonly scope: "store" | "stores" | "fleet";
  /** Of a report of one store. */
  readonly storeId: string | null;
  readonly method: string;
  /** ISO 8601. */
  readonly asOf: string;
  readonly failure: { readonly code: string; readonly reason: string } | null;
}

/** Null for a snapshot, which nobody asked for, and for a report that has not ended. */
export async function findReportEnd({ sql }: Db, id: number): Promise<ReportEnd | null> {
  const [row] = await sql<
    (Pick<ReportEnd, "scope" | "storeId" | "method" | "asOf"> & { code: string | null; reason: string | null })[]
  >`
    select r.scope, s.store_id as "storeId", r.method, r.as_of as "asOf", r.failure_code as code,
      r.failure_reason as reason
    from reports r left join stores s on r.scope = 'store' and s.store_key = r.store_keys[1]
    where r.id = ${id} and r.origin = 'request' and r.state in ('complete', 'failed')`;
  if (row === undefined) return null;
  const { scope, storeId, method, asOf, code, reason } = row;
  const failure = code === null ? null : { code, reason: reason ?? "" };
  return { id, scope, storeId, method, asOf: new Date(asOf).toISOString(), failure };
}
