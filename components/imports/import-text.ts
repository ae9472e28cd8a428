import type { Import, ImportCountsWire, ImportKindName, ImportState } from "@/lib/contract/imports";
import { formatBytes } from "@/lib/format/bytes";
import { formatDuration } from "@/lib/format/duration";

export const importKindText: Record<ImportKindName, string> = {
  timezones: "Time zones",
  hours: "Business hours",
  polls: "Checks",
  stores: "Stores",
  exceptions: "Special hours",
};

export const importStateText: Record<ImportState, string> = {
  receiving: "Uploading",
  queued: "Queued",
  running: "Running",
  complete: "Complete",
  complete_with_rejects: "Complete with rejected rows",
  failed: "Failed",
  cancelled: "Cancelled",
  undoing: "Undoing",
  undone: "Undone",
};

function number(count: number): string {
  return count.toLocaleString("en-US");
}

/** How far an upload is. */
export interface Sent {
  /** 0 to 1 of the bytes. */
  readonly share: number;
  /** How long that took. */
  readonly passedMs: number;
}

/** How much of a file is sent, and how long the rest will take at the pace so far. */
export function sentText(size: number, { share, passedMs }: Sent): string {
  const words = `${formatBytes(Math.floor(share * size))} of ${formatBytes(size)} uploaded`;
  if (share === 0 || share >= 1 || passedMs < 1_000) return words;
  return `${words}, about ${formatDuration(Math.max(1_000, (passedMs / share) * (1 - share)))} left`;
}

const fixAndRetry = "Fix it and upload again. Nothing was imported.";

/** Why a file was not imported, and what to do: "Line 7: unclosed quote. Fix it and upload again. Nothing was imported." */
export function importErrorText({ code, detail, line }: NonNullable<Import["error"]>): string {
  const place = line === undefined || detail.includes(`line ${String(line)} `) ? "" : `Line ${String(line)}: `;
  switch (code) {
    case "unclosed_quote":
      return `${line === undefined ? "Unclosed quote" : `Line ${String(line)}: unclosed quote`}. ${fixAndRetry}`;
    case "corrupt_gzip":
    case "incomplete_upload":
      return "The upload is incomplete or corrupt. Export it again. Nothing was imported.";
    case "empty_file":
      return `${detail} Check that its export finished.`;
    case "too_many_rejects":
    case "rows_rejected":
      return `${detail} Download the rejected rows, fix them and upload the file again.`;
    case "wrong_file_kind":
    case "missing_column":
    case "missing_header":
      return `${place}${detail} Check the header or select another file type, then upload again. Nothing was imported.`;
    default:
      return `${place}${detail} ${fixAndRetry}`;
  }
}

/** 0 to 1 of the bytes read; null while the size is not known or its rows are being stored. */
export function importRatio({ progress: { phase, bytes_read: read, bytes_total: total } }: Import): number | null {
  if (phase === "ended") return 1;
  if (phase === "waiting" || phase === "receiving") return phase === "waiting" ? 0 : null;
  return phase === "reading" && total > 0 ? Math.min(1, read / total) : null;
}

/** What an unfinished import is doing, with how long it will take where that can be said. */
export function importProgressText({ progress }: Import): string {
  const { phase, rows, bytes_read: read, bytes_total: total, seconds_left: left } = progress;
  const ending = left === null ? "" : `, about ${formatDuration(Math.max(1, left) * 1000)} left`;
  switch (phase) {
    case "receiving":
      return `${formatBytes(total)} received`;
    case "waiting":
      return "Waiting in queue";
    case "reading":
      return `${number(rows)} rows read (${formatBytes(read)} of ${formatBytes(total)})${ending}`;
    case "storing":
      return `Storing ${number(rows)} rows${ending}`;
    case "undoing":
      return `Restoring what it changed${ending}`;
    case "ended":
      return `${number(rows)} rows`;
  }
}

const countText: readonly (readonly [keyof ImportCountsWire, string])[] = [
  ["rows", "Rows"],
  ["accepted", "Accepted"],
  ["duplicate", "Duplicate"],
  ["conflicting", "Conflicting"],
  ["rejected", "Rejected"],
  ["blank", "Blank"],
  ["discarded", "Discarded"],
];

/** The counts in their order; kinds of rows that did not occur are left out, but rows, accepted and rejected. */
export function countEntries(counts: ImportCountsWire): readonly { readonly word: string; readonly count: string }[] {
  return countText
    .filter(([name]) => counts[name] > 0 || name === "rows" || name === "accepted" || name === "rejected")
    .map(([name, word]) => ({ word, count: number(counts[name]) }));
}
