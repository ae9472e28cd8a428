import type { Database } from "@/db/client";
import { listRequestedReports } from "@/db/queries/reports";
import type { ReportList, ReportListQuery } from "@/lib/contract/reports";
import { ownReports, readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { pageById } from "@/lib/server/wire/cursor";
import { toReport } from "./report-wire";

/** Requested reports, newest first. @throws AppError invalid_cursor */
export async function listReports(database: Database, viewer: Viewer, query: ReportListQuery): Promise<ReportList> {
  const { rows, nextCursor } = await pageById(database, viewer, ["reports"], query, (before, limit) =>
    readAs(database, viewer, (db) => listRequestedReports(db, before, limit, ownReports(viewer))),
  );
  return { reports: rows.map(toReport), next_cursor: nextCursor };
}
