import type { Database } from "@/db/client";
import { queueUndo } from "@/db/queries/imports";
import { withTransaction } from "@/db/transaction";
import type { Import } from "@/lib/contract/imports";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { getImport, requireImport } from "./get-import";

/**
 * Has a worker take the polls that an import added out again. Asking twice is as asking once.
 * @throws AppError import_not_found, import_not_undoable
 */
export async function undoImport(database: Database, viewer: Viewer, given: number | null): Promise<Import> {
  const { id, kind, state } = await requireImport(database, viewer, given);
  const queued = await withTransaction(database.sql, async ({ sql }) => {
    const isFirst = await queueUndo(sql, id);
    if (isFirst) await recordAudit(sql, viewer, "import.undo", `import:${id}`);
    return isFirst;
  });
  if (!queued && state !== "undoing" && state !== "undone") {
    const reason =
      kind === "polls"
        ? "Only an import that is complete and was no dry run can be undone."
        : "Only imports of polls can be undone; import the earlier file again.";
    throw new AppError("import_not_undoable", reason);
  }
  return getImport(database, viewer, id);
}
