import type { Database, Db } from "@/db/client";
import { findReport, type ReportRow } from "@/db/queries/reports";
import { ReportSchema, type Report } from "@/lib/contract/reports";
import { ownReports, readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import type { EpochMs } from "@/lib/uptime/types";
import { toReport } from "./report-wire";

/** The report that was found. @throws AppError report_not_found, report_expired */
export function requireKept<R extends { readonly expiredAt: EpochMs | null }>(row: R | null): R {
  if (row === null) throw new AppError("report_not_found", "There is no report with that id.");
  if (row.expiredAt !== null) {
    throw new AppError("report_expired", "The report's figures are no longer kept. Ask for a new one.");
  }
  return row;
}

/**
 * A report that the viewer sees, by statements of `session` only.
 * @param id null: one that no report can have   @throws AppError report_not_found, report_expired
 */
export async function findRequiredReport(db: Db, viewer: Viewer, id: number | null): Promise<ReportRow> {
  return requireKept(id === null ? null : await findReport(db, id, ownReports(viewer)));
}

/** Refuses the stored response about a report that the viewer no longer sees. @throws AppError report_not_found */
export async function requireStillSeen(session: Db, viewer: Viewer, stored: unknown): Promise<void> {
  if (viewer.stores !== "all") await findRequiredReport(session, viewer, ReportSchema.parse(stored).id);
}

/** Like `findRequiredReport`, in its own transaction when the viewer needs one. */
export async function requireReport(database: Database, viewer: Viewer, id: number | null): Promise<ReportRow> {
  return readAs(database, viewer, (session) => findRequiredReport(session, viewer, id));
}

/** One report's state and progress. @throws AppError report_not_found, report_expired */
export async function getReport(database: Database, viewer: Viewer, id: number | null): Promise<Report> {
  return toReport(await requireReport(database, viewer, id));
}

/** Whether the report has ended. */
export function hasEnded({ state }: Report): boolean {
  return state === "complete" || state === "failed";
}
