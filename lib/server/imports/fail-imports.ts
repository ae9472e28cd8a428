import type { Database, Db } from "@/db/client";
import { failImport, failLostImports, type FailedImport, type ImportToken } from "@/db/queries/import-queue";
import { withTransaction } from "@/db/transaction";
import { recordEvents } from "@/lib/server/webhooks/record-events";

function tell(tx: Db, failed: readonly FailedImport[]): Promise<void> {
  return recordEvents(
    tx,
    failed.map(({ id, kind, dryRun, error }) => {
      const data = { import_id: id, kind, state: "failed", dry_run: dryRun, counts: null, error };
      return { type: "import.completed", data } as const;
    }),
  );
}

/** Ends a claimed import as failed and queues its event. @returns false when another worker has taken it over */
export async function endImportAsFailed(
  database: Database,
  claim: ImportToken,
  failure: { readonly code: string; readonly reason: string },
): Promise<boolean> {
  return withTransaction(database, async (tx) => {
    const { lost, failed } = await failImport(tx, claim, failure);
    await tell(tx, failed);
    return !lost;
  });
}

/** Fails imports whose workers died three times or whose uploads stopped, and queues their events. @returns how many */
export async function failLostImportsAndNotify(database: Database): Promise<number> {
  return withTransaction(database, async (tx) => {
    const failed = await failLostImports(tx);
    await tell(tx, failed);
    return failed.length;
  });
}
