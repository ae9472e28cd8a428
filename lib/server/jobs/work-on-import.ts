import {
  isDatabaseUnavailable,
  isDiskFull,
  isNoFreeConnection,
  isRetryable,
  isStatementTimeout,
} from "@/db/connection-errors";
import { faultPoint } from "@/lib/faults/fault-point";
import { announceFleetChange } from "@/db/queries/fleet-state";
import { dropChunks, readChunks } from "@/db/queries/import-chunks";
import {
  heartbeatImport,
  maxDeaths,
  returnImport,
  settleImport,
  settleUndo,
  type ImportStep,
} from "@/db/queries/import-queue";
import { keepRejects } from "@/db/queries/import-rejects";
import type { ImportRow } from "@/db/queries/imports";
import { undoPolls } from "@/db/queries/poll-undo";
import { withTransaction } from "@/db/transaction";
import { endImportAsFailed } from "@/lib/server/imports/fail-imports";
import { importFile } from "@/lib/server/imports/import-file";
import type { ImportResult } from "@/lib/server/imports/import-result";
import { countJob, countRows } from "@/lib/server/metrics/count";
import { recordEvents } from "@/lib/server/webhooks/record-events";
import { ImportClock } from "./import-progress";
import type { WorkContext } from "./work-on-report";

/** Another worker has the import by now, or it was cancelled: this attempt is rolled back. */
class LostImport extends Error {}

function failureOf(error: unknown): { readonly code: string; readonly reason: string } {
  if (isDiskFull(error))
    return { code: "disk_full", reason: "The database's disk is full. Free some space, then try again." };
  if (isStatementTimeout(error)) return { code: "timeout", reason: "The database took too long." };
  return { code: "internal", reason: "It failed because of an internal error, which has been logged." };
}

/**
 * Imports a claimed file, or undoes a claimed import, and ends it in the same transaction; or returns it when stopped
 * or when a retry may help. An import that another worker has taken over, or that was cancelled, is dropped.
 * @throws the error of an unavailable database: the lease then expires by itself
 */
export async function workOnImport({ database, log, timing, stop }: WorkContext, claim: ImportRow): Promise<void> {
  const lost = new AbortController();
  const seen = { importId: claim.id, kind: claim.kind, attempt: claim.attempts };
  const startedMs = performance.now();
  const clock = new ImportClock(claim.bytesTotal, startedMs);
  const undoing = claim.state === "undoing";

  const beat = async (): Promise<void> => {
    try {
      const step: ImportStep = undoing
        ? { phase: null, rowsRead: claim.rowsRead, bytesRead: claim.bytesRead, secondsLeft: null }
        : clock.step(performance.now());
      if (!(await heartbeatImport(database, claim, timing.leaseSeconds, step))) lost.abort(new LostImport());
    } catch (error) {
      log.warn({ ...seen, err: error }, "heartbeat failed");
    }
  };
  // Users watch the progress, so the heartbeat is a second where the lease would allow more.
  const timer = setInterval(() => void beat(), Math.min(timing.heartbeatSeconds, 1) * 1_000);
  const settle = async (tx: Parameters<typeof settleImport>[0], result: ImportResult): Promise<void> => {
    await keepRejects(tx, claim.id, result.rejects);
    const kept = result.counts.rejected > 0 ? "complete_with_rejects" : "complete";
    const state = result.outcome === "failed" ? "failed" : kept;
    const error = result.outcome === "failed" ? result.error : null;
    const { counts, warnings } = result;
    if (!(await settleImport(tx, claim, { state, counts, warnings, error }))) throw new LostImport();
    const data = { import_id: claim.id, kind: claim.kind, state, dry_run: claim.dryRun, counts, error };
    await recordEvents(tx, [{ type: "import.completed", data }]);
  };
  try {
    await faultPoint("import.claimed");
    if (undoing) {
      const undone = await withTransaction(database, async (tx) => {
        const undo = await undoPolls(tx, claim.id);
        if (!(await settleUndo(tx, claim, undo))) throw new LostImport();
        await faultPoint("import.undone");
        return undo;
      });
      await announceFleetChange(database);
      log.info({ ...seen, ...undone, durationMs: Math.round(performance.now() - startedMs) }, "import undone");
    } else {
      const result = await importFile(database, {
        kind: claim.kind,
        source: readChunks(database, claim.id, claim.bytesTotal),
        // The clock of the first claim, so that the result does not depend on which attempt succeeds.
        now: claim.startedAt ?? Date.now(),
        signal: AbortSignal.any([stop, lost.signal]),
        dryRun: claim.dryRun,
        abortOnReject: claim.abortOnReject,
        onProgress: (progress) => {
          clock.note(progress, performance.now());
        },
        record: { importId: claim.id, settle },
      });
      countJob("import", result.outcome, startedMs);
      countRows(result);
      await dropChunks(database, claim.id);
      const durationMs = Math.round(performance.now() - startedMs);
      log.info({ ...seen, outcome: result.outcome, ...result.counts, durationMs }, "import ended");
    }
  } catch (error) {
    if (lost.signal.aborted || error instanceof LostImport) {
      log.warn(seen, "import cancelled or lost");
    } else if (stop.aborted) {
      await returnImport(database, claim, false);
      log.info(seen, "import handed back");
    } else if (isNoFreeConnection(error)) {
      await returnImport(database, claim, false);
      throw error;
    } else if (isRetryable(error) && claim.attempts - claim.handedBack < maxDeaths) {
      log.warn({ ...seen, err: error }, "import interrupted");
      await returnImport(database, claim, true);
      if (isDatabaseUnavailable(error)) throw error;
    } else {
      const failed = await endImportAsFailed(database, claim, failureOf(error));
      countJob("import", "failed", startedMs);
      log.error({ ...seen, err: error }, failed ? "import failed" : "import ended, but not tidily");
    }
  } finally {
    clearInterval(timer);
  }
}
