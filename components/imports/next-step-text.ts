import type { Import, ImportKindName } from "@/lib/contract/imports";

const afterSuccess: Record<ImportKindName, string> = {
  polls: "Figures are recalculated within a minute. Business hours and time zones decide which checks count.",
  hours: "Figures are recalculated within a minute. Stores without hours are treated as open 24/7.",
  timezones: "Figures are recalculated within a minute. Stores without a time zone are assumed to be in Chicago.",
  stores: "Stores are now listed by these names, and can be filtered by brand and group.",
  exceptions: "Figures are recalculated within a minute. Special hours replace the weekly hours on their dates.",
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
