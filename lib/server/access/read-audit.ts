import type { Database } from "@/db/client";
import { listAuditEntries } from "@/db/queries/audit-entries";
import type { AuditList, AuditQuery } from "@/lib/contract/access";
import { AppError } from "@/lib/server/errors";
import { parseInstant } from "@/lib/server/wire/as-of";
import { isoInstant } from "@/lib/server/wire/instants";
import { requireFleet, type Viewer } from "./viewer";

function parseCursor(cursor: string): number {
  const id = /^a([1-9][0-9]{0,14})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"))?.[1];
  if (id === undefined) throw new AppError("invalid_cursor", "Take the cursor from next_cursor of the page before.");
  return Number(id);
}

/** The audit log, newest first. @throws AppError invalid_cursor, invalid_from, invalid_to */
export async function readAudit(
  database: Database,
  viewer: Viewer,
  { cursor, limit, from, to, ...rest }: AuditQuery,
): Promise<AuditList> {
  requireFleet(viewer);
  const filter = {
    ...rest,
    ...(from === undefined ? {} : { from: parseInstant("from", from) }),
    ...(to === undefined ? {} : { to: parseInstant("to", to) }),
  };
  const rows = await listAuditEntries(database, cursor === undefined ? null : parseCursor(cursor), limit + 1, filter);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  const entries = shown.map(({ subjectName, ...row }) => ({
    ...row,
    at: isoInstant(row.at),
    subject_name: subjectName,
  }));
  return { entries, next_cursor: hasMore ? Buffer.from(`a${last.id}`).toString("base64url") : null };
}
