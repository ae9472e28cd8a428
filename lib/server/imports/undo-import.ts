import type { Database, Db } from "@/db/client";
import { lockPolledStores, readMergedStores, undoPolls, type PollUndo } from "@/db/queries/bulk/poll-undo";
import { recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { lockChangedStores, readLaterChanges, undoStoreChanges } from "@/db/queries/bulk/store-undo";
import { queueUndo, type ImportRow } from "@/db/queries/imports";
import type { Import } from "@/lib/contract/imports";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { getImport, requireImport } from "./get-import";
import { isUndoable } from "./import-wire";

/**
 * Queues the undo of an import. Asking twice has the same effect.
 * @throws AppError import_not_found, import_not_undoable
 */
export async function undoImport(database: Database, viewer: Viewer, given: number | null): Promise<Import> {
  return changeAs(
    database,
    viewer,
    async (tx, current) => {
      const row = await requireImport(tx, current, given);
      if (row.state !== "undoing" && row.state !== "undone") {
        if (!isUndoable(row)) throw new AppError("import_not_undoable", whyNotUndoable(row));
        await requireNoLaterChanges(tx, row);
        if (await queueUndo(tx, row.id)) await recordAudit(tx, current, "import.undo", `import:${row.id}`);
      }
      return getImport(tx, current, row.id);
    },
    { underRls: false },
  );
}

function whyNotUndoable({ state, dryRun, storesChanged }: ImportRow): string {
  const isComplete = state === "complete" || state === "complete_with_rejects";
  if (!isComplete || dryRun) return "Only a complete import that was not a dry run can be undone.";
  return storesChanged === 0
    ? "This import changed nothing, so there is nothing to undo."
    : "What this import replaced was not recorded, because it ended in an earlier version. Import the earlier file again.";
}

/** @throws AppError import_not_undoable when stores were changed after the import, or stores with its polls were merged */
async function requireNoLaterChanges(db: Db, { id, kind }: Pick<ImportRow, "id" | "kind">): Promise<void> {
  const { count, storeIds } =
    kind === "polls" ? await readMergedStores(db, id) : await readLaterChanges(db, { id, kind });
  if (count === 0) return;
  const more = count - storeIds.length;
  const named = `${storeIds.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  throw new AppError(
    "import_not_undoable",
    `${count === 1 ? "1 store was" : `${count} stores were`} ` +
      (kind === "polls"
        ? `merged into another after this import: ${named}. Undo the merge first, which is possible for a day, or delete the polls of that time. `
        : `changed after this import: ${named}. Undo the later changes first, or import the earlier file again. `) +
      "Nothing was undone.",
  );
}

/**
 * Undoes an import in the open transaction: restores what it replaced. Later changes of its polls are undone with them.
 * @returns how many polls were removed and restored; null for other kinds
 * @throws AppError import_not_undoable when what an import of another kind changed was changed again, or a store with polls
 * of the import was merged into another
 */
export async function undoInTransaction(tx: Db, row: Pick<ImportRow, "id" | "kind">): Promise<PollUndo | null> {
  const { id, kind } = row;
  if (kind === "polls") {
    await lockPolledStores(tx, id);
    await requireNoLaterChanges(tx, row);
    return undoPolls(tx, id);
  }
  await lockChangedStores(tx, { id, kind });
  await requireNoLaterChanges(tx, row);
  await undoStoreChanges(tx, { id, kind });
  await recordFleetChange(tx, null);
  return null;
}
