import type { Database } from "@/db/client";
import { dropChunks } from "@/db/queries/import-chunks";
import { cancelImport as markCancelled } from "@/db/queries/imports";
import { withTransaction } from "@/db/transaction";
import type { Import } from "@/lib/contract/imports";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { getImport, requireImport } from "./get-import";

/**
 * Cancels an import that has not ended: nothing of its file is kept. One that was cancelled stays so.
 * @throws AppError import_not_found, import_ended
 */
export async function cancelImport(database: Database, viewer: Viewer, given: number | null): Promise<Import> {
  const { id, state } = await requireImport(database, viewer, given);
  const isOurs = await withTransaction(database.sql, async ({ sql }) => {
    const marked = await markCancelled(sql, id);
    if (marked) await recordAudit(sql, viewer, "import.cancel", `import:${id}`);
    return marked;
  });
  if (isOurs) await dropChunks(database.sql, id);
  else if (state !== "cancelled")
    throw new AppError("import_ended", "The import has ended; there is nothing to cancel.");
  return getImport(database, viewer, id);
}
