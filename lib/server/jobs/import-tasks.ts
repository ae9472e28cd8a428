import type { Database } from "@/db/client";
import { dropLeftChunks } from "@/db/queries/bulk/import-bytes";
import { claimImport } from "@/db/queries/import-queue";
import { hasImportSpace } from "@/lib/server/health/disk";
import { failLostImportsAndNotify } from "@/lib/server/imports/fail-imports";
import { atMostEvery, type BackgroundTask } from "./background-task";
import type { WorkContext } from "./run-leased";
import { workOnImport } from "./work-on-import";

/** Claims the next queued import and processes it. @returns whether there was one */
export function importFiles(context: WorkContext, workerName: string): BackgroundTask {
  return async () => {
    // Received files wait and are imported when there is space again.
    if (!(await hasImportSpace(0))) return false;
    const claim = await claimImport(context.database, workerName, context.timing.leaseSeconds);
    if (claim === null) return false;
    await workOnImport(context, claim);
    return true;
  };
}

/** Fails lost imports, and drops bytes that are no longer needed. */
export function sweepImports(database: Database, sweepMs: number): BackgroundTask {
  return atMostEvery(sweepMs, async () => {
    await failLostImportsAndNotify(database);
    await dropLeftChunks(database);
  });
}
