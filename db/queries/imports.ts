import { and, desc, eq, gt, inArray, lt, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { notify } from "@/db/queries/bulk/notifications";
import { imports } from "@/db/schema/imports";

export type ImportRow = typeof imports.$inferSelect;

export async function findImport(db: Db, id: number): Promise<ImportRow | null> {
  const [row] = await db.select().from(imports).where(eq(imports.id, id));
  return row ?? null;
}

/** Newest first. @param before only imports with smaller ids */
export function listImports(db: Db, before: number | null, limit: number): Promise<ImportRow[]> {
  return db
    .select()
    .from(imports)
    .where(before === null ? undefined : lt(imports.id, before))
    .orderBy(desc(imports.id))
    .limit(limit);
}

/**
 * Cancels an import that has not ended. A worker that is about to commit may be first: then it is complete.
 * @returns false when it had ended
 */
export async function cancelImport(db: Db, id: number): Promise<boolean> {
  const { count } = await db
    .update(imports)
    .set({
      state: "cancelled",
      finishedAt: sql`now()`,
      ...{ leaseUntil: null, worker: null, phase: null, secondsLeft: null },
    })
    .where(and(eq(imports.id, id), inArray(imports.state, ["receiving", "queued", "running"])));
  return count > 0;
}

/**
 * Queues the undo of a complete import that recorded what it changed. `attempts` is not reset: a worker that still holds a claim of the import
 * must not write to its undo.
 * @returns false when it cannot be undone
 */
export async function queueUndo(db: Db, id: number): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set({
      state: "undoing",
      ...{ handedBack: imports.attempts, worker: null, leaseUntil: null },
      ...{ errorCode: null, errorDetail: null, errorLine: null },
    })
    .where(
      and(
        eq(imports.id, id),
        or(eq(imports.kind, "polls"), gt(imports.storesChanged, 0)),
        inArray(imports.state, ["complete", "complete_with_rejects"]),
        eq(imports.dryRun, false),
      ),
    )
    .returning({ notified: notify("import_queued") });
  return rows.length > 0;
}
