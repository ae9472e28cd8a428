import { hoursFromOf } from "@/db/queries/bulk/earlier-hours";
import { faultPoint } from "@/lib/faults/fault-point";
import { announceFleetChange } from "@/db/queries/bulk/fleet-state";
import { dropChunks, readChunks } from "@/db/queries/import-chunks";
import { heartbeatImport, returnImport, settleImport, settleUndo, type ImportStep } from "@/db/queries/import-queue";
import { insertRejects } from "@/db/queries/bulk/insert-rejects";
import type { ImportRow } from "@/db/queries/imports";
import { canRetry } from "@/db/queries/lease";
import type { Db } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { endImportAsFailed } from "@/lib/server/imports/fail-imports";
import { undoInTransaction } from "@/lib/server/imports/undo-import";
import { importFile } from "@/lib/server/imports/import-file";
import type { ImportResult } from "@/lib/server/imports/import-result";
import { countJob, countRows } from "@/lib/server/metrics/count";
import { recordEvents } from "@/lib/server/webhooks/record-events";
import { ImportClock } from "./import-progress";
import { LostJob, runLeased, type WorkContext } from "./run-leased";

/** Imports a claimed file, or undoes a claimed import, and ends it in the same transaction. */
export async function workOnImport(context: WorkContext, claim: ImportRow): Promise<void> {
  const { database, log, timing } = context;
  const logged = { importId: claim.id, kind: claim.kind, attempt: claim.attempts };
  const startedMs = performance.now();
  const durationMs = (): number => Math.round(performance.now() - startedMs);
  const clock = new ImportClock(claim.bytesTotal, startedMs);
  const undoing = claim.state === "undoing";
  const step = (): ImportStep =>
    undoing
      ? { phase: null, rowsRead: claim.rowsRead, bytesRead: claim.bytesRead, secondsLeft: null }
      : clock.step(performance.now());

  const undo = async (): Promise<void> => {
    const undone = await withTransaction(database, async (tx) => {
      const polls = await undoInTransaction(tx, claim);
      if (!(await settleUndo(tx, claim, polls))) throw new LostJob();
      await faultPoint("import.undone");
      return polls;
    });
    await announceFleetChange(database);
    log.info({ ...logged, ...undone, durationMs: durationMs() }, "import undone");
  };
  const importIt = async (signal: AbortSignal): Promise<void> => {
    const result = await importFile(database, {
      kind: claim.kind,
      source: readChunks(database, claim.id, claim.bytesTotal),
      // The first claim's clock, so that a file gives the same result on every worker.
      now: claim.startedAt ?? Date.now(),
      signal,
      dryRun: claim.dryRun,
      abortOnReject: claim.abortOnReject,
      hoursFrom: hoursFromOf(claim.hoursFrom),
      onProgress: (progress) => {
        clock.note(progress, performance.now());
      },
      record: { importId: claim.id, settle: (tx, settled) => settle(tx, claim, settled) },
    });
    countJob("import", result.outcome, startedMs);
    countRows(result);
    await dropChunks(database, claim.id);
    log.info({ ...logged, outcome: result.outcome, ...result.counts, durationMs: durationMs() }, "import ended");
  };

  await runLeased(context, {
    name: "import",
    logged,
    heartbeat: {
      // Users watch the progress, so it is recorded more often than the lease requires.
      everySeconds: Math.min(timing.heartbeatSeconds, 1),
      beat: () => heartbeatImport(database, claim, timing.leaseSeconds, step()),
    },
    work: async (signal) => {
      await faultPoint("import.claimed");
      await (undoing ? undo() : importIt(signal));
    },
    canRetry: canRetry(claim),
    returnToQueue: (counts) => returnImport(database, claim, counts),
    fail: async (failure) => {
      countJob("import", "failed", startedMs);
      return endImportAsFailed(database, claim, failure);
    },
  });
}

/** Ends an import with its rejects and its event. @throws LostJob */
async function settle(tx: Db, claim: ImportRow, result: ImportResult): Promise<void> {
  await insertRejects(tx, claim.id, result.rejects);
  const kept = result.counts.rejected > 0 ? "complete_with_rejects" : "complete";
  const state = result.outcome === "failed" ? "failed" : kept;
  const error = result.outcome === "failed" ? result.error : null;
  const { counts, warnings } = result;
  if (!(await settleImport(tx, claim, { state, counts, warnings, error }))) throw new LostJob();
  const data = { import_id: claim.id, kind: claim.kind, state, dry_run: claim.dryRun, counts, error };
  await recordEvents(tx, [{ type: "import.completed", data }]);
}
