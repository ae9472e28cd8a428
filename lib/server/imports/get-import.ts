import type { Db } from "@/db/client";
import { findImport, type ImportRow } from "@/db/queries/imports";
import type { Import } from "@/lib/contract/imports";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { toImport } from "./import-wire";

/** @param id null: greater than any id   @throws AppError import_not_found */
export async function requireImport(db: Db, viewer: Viewer, id: number | null): Promise<ImportRow> {
  requireFleet(viewer);
  const row = id === null ? null : await findImport(db, id);
  if (row === null) throw new AppError("import_not_found", "There is no such import.");
  return row;
}

/** @throws AppError import_not_found */
export async function getImport(database: Db, viewer: Viewer, id: number | null): Promise<Import> {
  return toImport(await requireImport(database, viewer, id));
}

const underWay: readonly string[] = ["receiving", "queued", "running", "undoing"];

/** Whether the import has ended. */
export function hasEnded({ state }: Import): boolean {
  return !underWay.includes(state);
}
