import type { Sql, SqlOrTx } from "@/db/client";
import { failImport, failLostImports, type FailedImport, type ImportToken } from "@/db/queries/import-queue";
import { withTransaction } from "@/db/transaction";
import { recordEvents } from "@/lib/server/webhooks/record-events";

function tell(tx: SqlOrTx, failed: readonly FailedImport[]): Promise<void> {
  return recordEvents(
    tx,
    failed.map(({ id, kind, dryRun, error }) => {
      const data = { import_id: id, kind, state: "failed", dry_run: dryRun, counts: null, error };
      return { type: "import.completed", data } as const;
    }),
  );
}

/** Ends a claimed import as failed, and tells of it. @returns false where it is another's by now */
export async function endImportAsFailed(
  sql: Sql,
  claim: ImportToken,
  failure: { readonly code: string; readonly reason: string },
): Promise<boolean> {
  return withTransaction(sql, async (tx) => {
    const { lost, failed } = await failImport(tx.sql, claim, failure);
    await tell(tx.sql, failed);
    return !lost;
  });
}

/** Ends the imports whose workers died thrice or whose uploads stopped, and tells of them. @returns how many */
export async function failLostImportsAndNotify(sql: Sql): Promise<number> {
  return withTransaction(sql, async (tx) => {
    const failed = await failLostImports(tx.sql);
    await tell(tx.sql, failed);
    return failed.length;
  });
}
