import type { Database } from "@/db/client";
import { listRequestedReports } from "@/db/queries/reports";
import type { ReportList, ReportListQuery } from "@/lib/contract/reports";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { toReport } from "./report-wire";

function parseCursor(cursor: string): number {
  const id = /^r([1-9][0-9]{0,14})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"))?.[1];
  if (id === undefined) throw new AppError("invalid_cursor", "Take the cursor from next_cursor of the page before.");
  return Number(id);
}

/** What was asked for, newest first. @throws AppError invalid_cursor */
export async function listReports(
  database: Database,
  viewer: Viewer,
  { cursor, limit }: ReportListQuery,
): Promise<ReportList> {
  requireFleet(viewer);
  const before = cursor === undefined ? null : parseCursor(cursor);
  const rows = await listRequestedReports(database.db, before, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    reports: page.map(toReport),
    next_cursor: hasMore ? Buffer.from(`r${last.id}`).toString("base64url") : null,
  };
}
