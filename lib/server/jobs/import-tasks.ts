import type { Database } from "@/db/client";
import { dropLeftChunks } from "@/db/queries/import-chunks";
import { claimImport } from "@/db/queries/import-queue";
import { hasImportSpace } from "@/lib/server/health/disk";
import { failLostImportsAndNotify } from "@/lib/server/imports/fail-imports";
import type { WorkContext } from "./work-on-report";
import { workOnImport } from "./work-on-import";

/** Claims the next import and works on it. @returns whether there was one */
export function importFiles(context: WorkContext, workerName: string): () => Promise<boolean> {
  return async () => {
    // Received files wait and are imported when there is space again.
    if (!(await hasImportSpace(0))) return false;
    const claim = await claimImport(context.database, workerName, context.timing.leaseSeconds);
    if (claim === null) return false;
    await workOnImport(context, claim);
    return true;
  };
}

/** Fails imports whose workers were lost, and deletes chunks that are no longer needed. */
export function sweepImports(database: Database, sweepMs: number): () => Promise<boolean> {
  let sweptMs = -Infinity;
  return async () => {
    const nowMs = performance.now();
    if (nowMs - sweptMs < sweepMs) return false;
    sweptMs = nowMs;
    await failLostImportsAndNotify(database);
    await dropLeftChunks(database);
    return false;
  };
}
