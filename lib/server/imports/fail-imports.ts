import type { Database, Db } from "@/db/client";
import { failImport, failLostImports, type FailedImport } from "@/db/queries/import-queue";
import type { ClaimToken, Failure } from "@/db/queries/lease";
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

/** Fails a claimed import, with its event. @returns false when the claim no longer holds it */
export async function endImportAsFailed(database: Database, claim: ClaimToken, failure: Failure): Promise<boolean> {
  return withTransaction(database, async (tx) => {
    const { lost, failed } = await failImport(tx, claim, failure);
    await tell(tx, failed);
    return !lost;
  });
}

/** Fails the imports whose workers died too often or whose uploads stopped, with their events. @returns their number */
export async function failLostImportsAndNotify(database: Database): Promise<number> {
  return withTransaction(database, async (tx) => {
    const failed = await failLostImports(tx);
    await tell(tx, failed);
    return failed.length;
  });
}
