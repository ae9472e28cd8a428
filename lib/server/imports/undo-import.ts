import type { Database } from "@/db/client";
import { queueUndo } from "@/db/queries/imports";
import type { Import } from "@/lib/contract/imports";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { getImport, requireImport } from "./get-import";

/**
 * Queues the removal of the polls that an import added. Asking twice has the same effect.
 * @throws AppError import_not_found, import_not_undoable
 */
export async function undoImport(database: Database, viewer: Viewer, given: number | null): Promise<Import> {
  return changeAs(
    database,
    viewer,
    async (tx, current) => {
      const { id, kind, state } = await requireImport(tx, current, given);
      if (await queueUndo(tx, id)) {
        await recordAudit(tx, current, "import.undo", `import:${id}`);
      } else if (state !== "undoing" && state !== "undone") {
        const reason =
          kind === "polls"
            ? "Only a complete import that was not a dry run can be undone."
            : "Only imports of polls can be undone; import the earlier file again.";
        throw new AppError("import_not_undoable", reason);
      }
      return getImport(tx, current, id);
    },
    { underRls: false },
  );
}
