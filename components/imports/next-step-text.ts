import type { Import, ImportKindName } from "@/lib/contract/imports";

const afterSuccess: Record<ImportKindName, string> = {
  polls: "Figures are recalculated within a minute. Business hours and time zones decide which checks count.",
  hours: "Figures are recalculated within a minute. Stores without hours are treated as open 24/7.",
  timezones: "Figures are recalculated within a minute. Stores without a time zone are assumed to be in Chicago.",
  stores: "Stores are now listed by these names, and can be filtered by brand and group.",
  exceptions: "Figures are recalculated within a minute. Special hours replace the weekly hours on their dates.",
};

/** Whether the values that an import of each kind replaced are kept; earlier hours apply to earlier days. */
const replacedText: Record<Exclude<ImportKindName, "polls">, string> = {
  hours: "The replaced hours are not kept.",
  timezones: "The replaced time zones are not kept.",
  stores: "The replaced names, brands and other details are not kept.",
  exceptions: "The replaced special hours are not kept.",
};

/** What follows from an import that has succeeded; null for any other. */
export function nextStepText({ state, kind, dry_run: dryRun, counts }: Import): string | null {
  if (state !== "complete" && state !== "complete_with_rejects") return null;
  if (dryRun) {
    return (counts?.rejected ?? 0) > 0
      ? "Fix the rejected rows, then upload the file without “Dry run”."
      : "Every row is valid. Upload the file again without “Dry run” to import it.";
  }
  return afterSuccess[kind];
}

/** Why an import that has succeeded cannot be undone; null where it can, or where there is nothing to undo. */
export function undoText({
  state,
  kind,
  can_undo: canUndo,
  dry_run: dryRun,
  valid_from: validFrom,
}: Import): string | null {
  if (canUndo || dryRun || (state !== "complete" && state !== "complete_with_rejects")) return null;
  if (kind === "polls") return null;
  const keepsEarlier = kind === "hours" && validFrom !== "beginning";
  const replaced = keepsEarlier ? "Earlier hours still apply to earlier days." : replacedText[kind];
  return `Only imports of checks can be undone. ${replaced} To go back, upload the earlier file.`;
}
