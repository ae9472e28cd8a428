import type { Database } from "@/db/client";
import { listImports as selectImports } from "@/db/queries/imports";
import type { ImportList, ImportListQuery } from "@/lib/contract/imports";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { toImport } from "./import-wire";

function parseCursor(cursor: string): number {
  const id = /^i([1-9][0-9]{0,14})$/.exec(Buffer.from(cursor, "base64url").toString("latin1"))?.[1];
  if (id === undefined) throw new AppError("invalid_cursor", "Take the cursor from next_cursor of the page before.");
  return Number(id);
}

/** The imports, newest first. @throws AppError invalid_cursor */
export async function listImports(
  { db }: Database,
  viewer: Viewer,
  { cursor, limit }: ImportListQuery,
): Promise<ImportList> {
  requireFleet(viewer);
  const rows = await selectImports(db, cursor === undefined ? null : parseCursor(cursor), limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    imports: page.map(toImport),
    next_cursor: hasMore ? Buffer.from(`i${last.id}`).toString("base64url") : null,
  };
}
