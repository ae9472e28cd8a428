import { desc, eq, lt } from "drizzle-orm";
import type { Db } from "@/db/client";
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
 * Cancels an import that has not ended. One whose worker is about to commit may win: then it is complete.
 * @returns false where it had ended
 */
export async function cancelImport({ sql }: Db, id: number): Promise<boolean> {
  const rows = await sql`
    update imports set state = 'cancelled', finished_at = now(), lease_until = null, worker = null, phase = null,
      seconds_left = null
    where id = ${id} and state in ('receiving', 'queued', 'running') returning 1`;
  return rows.length > 0;
}

/** Has the polls of a complete import taken out again. @returns false where it is no import that can be undone */
export async function queueUndo({ sql }: Db, id: number): Promise<boolean> {
  const rows = await sql`
    update imports set state = 'undoing', attempts = 0, handed_back = 0, worker = null, lease_until = null,
      error_code = null, error_detail = null, error_line = null
    where id = ${id} and kind = 'polls' and state in ('complete', 'complete_with_rejects') and not dry_run
    returning pg_notify('import_queued', '')`;
  return rows.length > 0;
}
