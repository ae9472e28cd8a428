import type { Database } from "@/db/client";
import { listImports as selectImports } from "@/db/queries/imports";
import type { ImportList, ImportListQuery } from "@/lib/contract/imports";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { pageById } from "@/lib/server/wire/cursor";
import { toImport } from "./import-wire";

/** The imports, newest first. @throws AppError invalid_cursor */
export async function listImports(database: Database, viewer: Viewer, query: ImportListQuery): Promise<ImportList> {
  requireFleet(viewer);
  const { rows, nextCursor } = await pageById(database, viewer, ["imports"], query, (before, limit) =>
    selectImports(database, before, limit),
  );
  return { imports: rows.map(toImport), next_cursor: nextCursor };
}
