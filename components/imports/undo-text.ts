import type { Import, ImportKindName } from "@/lib/contract/imports";
import { checksText } from "@/lib/format/checks";

/** Why an import that has succeeded cannot be undone; null where it can, or where there is nothing to undo. */
export function undoText({
  state,
  can_undo: canUndo,
  dry_run: dryRun,
  stores_changed: changed,
}: Import): string | null {
  if (canUndo || dryRun || (state !== "complete" && state !== "complete_with_rejects")) return null;
  return changed === 0
    ? "It changed nothing, so there is nothing to undo."
    : "It can’t be undone, because an earlier version did not record what it replaced. To go back, upload the earlier file.";
}

const replacedText: Record<Exclude<ImportKindName, "polls">, string> = {
  hours: "business hours",
  timezones: "time zones",
  stores: "names, time zones, tags and other details",
  exceptions: "special hours",
};

const storesText = (count: number): string => (count === 1 ? "1 store" : `${count.toLocaleString("en-US")} stores`);

/** What the undo of an import does. */
export function undoEffectText({ kind, counts, stores_changed: changed }: Import): string {
  const after = "Stores it created are kept.";
  if (kind === "polls") {
    return `Removes the ${checksText(counts?.accepted ?? 0)} it added and restores checks it replaced. Figures are recalculated. ${after} To get the checks back, import the file again.`;
  }
  return `Restores the ${replacedText[kind]} that ${storesText(changed ?? 0)} had before. Figures are recalculated. ${after} Not possible if any of them have been changed since.`;
}

/** What the undo of an import did; null unless it was undone. */
export function undoneText({ kind, undone }: Import): string | null {
  if (undone === null) return null;
  return kind === "polls"
    ? `${checksText(undone.polls_removed)} removed, ${undone.polls_restored.toLocaleString("en-US")} set back to active`
    : `${replacedText[kind]} of ${storesText(undone.stores_restored)} restored`;
}
