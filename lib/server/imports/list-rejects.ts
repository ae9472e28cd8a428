import type { Database } from "@/db/client";
import { readRejects } from "@/db/queries/import-rejects";
import type { ImportRejects } from "@/lib/contract/imports";
import type { Viewer } from "@/lib/server/access/viewer";
import { requireImport } from "./get-import";

/** The first rejected rows of an import, in the order of its file. @throws AppError import_not_found */
export async function listRejects(
  database: Database,
  viewer: Viewer,
  given: number | null,
  limit: number,
): Promise<ImportRejects> {
  const { id } = await requireImport(database, viewer, given);
  const rows = await readRejects(database, id, 0, limit);
  return { rejects: rows.map(({ line, column, code, reason, raw }) => ({ line, column, code, reason, row: raw })) };
}
