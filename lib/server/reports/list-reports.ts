import type { Database } from "@/db/client";
import { listRequestedReports } from "@/db/queries/reports";
import type { ReportList, ReportListQuery } from "@/lib/contract/reports";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { pageById } from "@/lib/server/http/cursor";
import { toReport } from "./report-wire";

/** What was asked for, newest first. @throws AppError invalid_cursor */
export async function listReports(database: Database, viewer: Viewer, query: ReportListQuery): Promise<ReportList> {
  requireFleet(viewer);
  const { rows, nextCursor } = await pageById(database, viewer, ["reports"], query, (before, limit) =>
    listRequestedReports(database.db, before, limit),
  );
  return { reports: rows.map(toReport), next_cursor: nextCursor };
}
