import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import type { ReportRow } from "@/db/queries/reports";
import { FleetQuerySchema } from "@/lib/contract/fleet";
import type { Report } from "@/lib/contract/reports";

/** Path of a report in the API. */
export function reportPath(id: number): `/api/v1/reports/${number}` {
  return `/api/v1/reports/${id}`;
}

/** Estimated from the time per finished store; null before the first, and when the report is not running. */
function secondsLeft({ storesDone: done, storesTotal: total, runningSeconds: seconds }: ReportRow): number | null {
  if (seconds === null || total === null || done === 0) return null;
  return Math.ceil((seconds / done) * Math.max(0, total - done));
}

/** A report in wire format. */
export function toReport(row: ReportRow): Report {
  const self = reportPath(row.id);
  return {
    id: row.id,
    state: row.state,
    scope: row.scope,
    store_id: row.storeId,
    filter: row.filter === null ? null : FleetQuerySchema.parse(row.filter),
    method: row.method,
    as_of: isoInstant(row.asOf),
    tz_release: row.tzRelease,
    progress: {
      stores_done: row.storesDone,
      stores_total: row.storesTotal,
      queued_before: row.queuedBefore,
      seconds_left: secondsLeft(row),
    },
    attempts: row.attempts,
    requested_by: { account: row.requestedBy, name: row.requestedByName },
    created_at: isoInstant(row.createdAt),
    started_at: isoOrNull(row.startedAt),
    finished_at: isoOrNull(row.finishedAt),
    failure: row.failureCode === null ? null : { code: row.failureCode, reason: row.failureReason ?? "" },
    links: { self, csv: `${self}.csv`, ndjson: `${self}.ndjson` },
  };
}
