import type { Import, ImportCountsWire, ImportKindName, ImportState } from "@/lib/contract/imports";
import { formatDuration } from "@/lib/format/duration";

export const importKindWords: Record<ImportKindName, string> = {
  timezones: "Time zones",
  hours: "Business hours",
  polls: "Checks",
  stores: "Names of stores",
  exceptions: "Hours of single dates",
};

export const importStateWords: Record<ImportState, string> = {
  receiving: "Uploading",
  queued: "Queued",
  running: "Running",
  complete: "Complete",
  complete_with_rejects: "Complete, with rejects",
  failed: "Failed",
  cancelled: "Cancelled",
  undoing: "Being undone",
  undone: "Undone",
};

const nameHints: readonly (readonly [RegExp, ImportKindName])[] = [
  [/zone|\btz\b/i, "timezones"],
  [/exception|holiday/i, "exceptions"],
  [/hour|menu/i, "hours"],
  [/poll|status|check|observ/i, "polls"],
  [/store|name/i, "stores"],
];

/** What a file's name says that it holds; null where it says nothing. "store_status.csv" holds polls. */
export function guessKind(fileName: string): ImportKindName | null {
  return nameHints.find(([hint]) => hint.test(fileName))?.[1] ?? null;
}

function number(count: number): string {
  return count.toLocaleString("en-US");
}

/** "1.2 MB" */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return bytes < 1_000_000_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** 0 to 1 of the bytes read; null while the size is not known or its rows are being stored. */
export function importRatio({ progress: { phase, bytes_read: read, bytes_total: total } }: Import): number | null {
  if (phase === "ended") return 1;
  if (phase === "waiting" || phase === "receiving") return phase === "waiting" ? 0 : null;
  return phase === "reading" && total > 0 ? Math.min(1, read / total) : null;
}

/** What an unfinished import is doing, with how long it will take where that can be said. */
export function importProgressWords({ progress }: Import): string {
  const { phase, rows, bytes_read: read, bytes_total: total, seconds_left: left } = progress;
  const ending = left === null ? "" : `, about ${formatDuration(Math.max(1, left) * 1000)} left`;
  switch (phase) {
    case "receiving":
      return `${bytesWords(total)} received`;
    case "waiting":
      return "Waiting for its turn";
    case "reading":
      return `${number(rows)} rows read (${bytesWords(read)} of ${bytesWords(total)})${ending}`;
    case "storing":
      return `Storing ${number(rows)} rows${ending}`;
    case "undoing":
      return `Taking its checks out again${ending}`;
    case "ended":
      return `${number(rows)} rows`;
  }
}

const countWords: readonly (readonly [keyof ImportCountsWire, string])[] = [
  ["rows", "Rows"],
  ["accepted", "Accepted"],
  ["duplicate", "Duplicate"],
  ["conflicting", "Conflicting"],
  ["rejected", "Rejected"],
  ["blank", "Blank"],
  ["discarded", "Not kept"],
];

/** The counts in their order; kinds of rows that did not occur are left out, but rows, accepted and rejected. */
export function countEntries(counts: ImportCountsWire): readonly { readonly word: string; readonly count: string }[] {
  return countWords
    .filter(([name]) => counts[name] > 0 || name === "rows" || name === "accepted" || name === "rejected")
    .map(([name, word]) => ({ word, count: number(counts[name]) }));
}
