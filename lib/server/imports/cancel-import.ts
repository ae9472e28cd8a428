import type { Database } from "@/db/client";
import { dropChunks } from "@/db/queries/import-chunks";
import { cancelImport as markCancelled } from "@/db/queries/imports";
import type { Import } from "@/lib/contract/imports";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { getImport, requireImport } from "./get-import";

/**
 * Cancels an import that has not ended: nothing of its file is kept. Cancelling twice has the same effect.
 * @throws AppError import_not_found, import_ended
 */
export async function cancelImport(database: Database, viewer: Viewer, given: number | null): Promise<Import> {
  const cancelled = await changeAs(
    database,
    viewer,
    async (tx, current) => {
      const { id, state } = await requireImport(tx, current, given);
      if (await markCancelled(tx, id)) {
        await recordAudit(tx, current, "import.cancel", `import:${id}`);
      } else if (state !== "cancelled") {
        throw new AppError("import_ended", "The import has ended; there is nothing to cancel.");
      }
      return getImport(tx, current, id);
    },
    { underRls: false },
  );
  await dropChunks(database, cancelled.id);
  return cancelled;
}
