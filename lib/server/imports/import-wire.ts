import type { ImportRow } from "@/db/queries/imports";
import type { Import } from "@/lib/contract/imports";
import type { EpochMs } from "@/lib/uptime/types";

const iso = (at: EpochMs): string => new Date(at).toISOString();
const isoOrNull = (at: EpochMs | null): string | null => (at === null ? null : iso(at));

function phaseOf({ state, phase }: ImportRow): Import["progress"]["phase"] {
  if (state === "receiving" || state === "undoing") return state;
  if (state === "queued") return "waiting";
  return state === "running" ? (phase ?? "reading") : "ended";
}

/**
 * Whether an import can be undone: it is complete, and recorded what it replaced. It still may have to be refused,
 * because that was changed again since.
 */
export function isUndoable({ kind, state, dryRun, storesChanged }: ImportRow): boolean {
  const isComplete = state === "complete" || state === "complete_with_rejects";
  return isComplete && !dryRun && (kind === "polls" || (storesChanged ?? 0) > 0);
}

/** An import in wire format. */
export function toImport(row: ImportRow): Import {
  const { id, errorCode, errorDetail, errorLine, undoneAt } = row;
  const self = `/api/v1/imports/${id}`;
  return {
    id,
    kind: row.kind,
    state: row.state,
    file_name: row.fileName,
    dry_run: row.dryRun,
    on_error: row.abortOnReject ? "abort" : "keep",
    valid_from: row.hoursFrom,
    progress: {
      phase: phaseOf(row),
      rows: row.rowsRead,
      bytes_read: row.bytesRead,
      bytes_total: row.bytesTotal,
      seconds_left: row.secondsLeft,
    },
    counts: row.counts === null ? null : { ...row.counts },
    warnings: (row.warnings ?? []).map((warning) => ({
      ...warning,
      lines: [...warning.lines],
      stores: [...(warning.stores ?? [])],
    })),
    error:
      errorCode === null
        ? null
        : { code: errorCode, detail: errorDetail ?? "", ...(errorLine === null ? {} : { line: errorLine }) },
    sha256: row.sha256,
    attempts: row.attempts,
    stores_changed: row.storesChanged,
    can_undo: isUndoable(row),
    undone:
      undoneAt === null
        ? null
        : {
            at: iso(undoneAt),
            polls_removed: row.pollsRemoved ?? 0,
            polls_restored: row.pollsRestored ?? 0,
            stores_restored: row.storesChanged ?? 0,
          },
    created_at: iso(row.createdAt),
    started_at: isoOrNull(row.startedAt),
    finished_at: isoOrNull(row.finishedAt),
    links: { self, rejects: `${self}/rejects.csv` },
  };
}
