import { and, eq, lt, ne, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { workers } from "@/db/schema/workers";

/** Records that a worker runs, with its release of the tz database, and deletes those without a heartbeat for a day. */
export async function upsertWorker(db: Db, name: string, tzRelease: string | null = null): Promise<void> {
  await db.delete(workers).where(and(lt(workers.seenAt, sql`now() - interval '1 day'`), ne(workers.name, name)));
  await db
    .insert(workers)
    .values({ name, tzRelease })
    .onConflictDoUpdate({ target: workers.name, set: { seenAt: sql`now()`, tzRelease } });
}

/** A worker that ends in order deletes itself, so that it does not count as missing. */
export async function deleteWorker(db: Db, name: string): Promise<void> {
  await db.delete(workers).where(eq(workers.name, name));
}
