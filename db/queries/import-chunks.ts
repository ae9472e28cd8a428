import { setTimeout as pause } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { noFreeConnection } from "@/db/connection-errors";
import { notify } from "@/db/queries/bulk/notifications";
import { importChunks } from "@/db/schema/import-chunks";
import { imports } from "@/db/schema/imports";
import { secondsFromNow } from "./lease";

export type NewImport = Pick<
  typeof imports.$inferInsert,
  "kind" | "fileName" | "dryRun" | "abortOnReject" | "hoursFrom"
>;

const isReceiving = (id: number) => and(eq(imports.id, id), eq(imports.state, "receiving"));

/** Records that the upload of a file starts. It fails unless `keepReceiving` is called within the lease. */
export async function beginImport(db: Db, given: NewImport, leaseSeconds: number): Promise<number> {
  const [row] = await db
    .insert(imports)
    .values({ ...given, state: "receiving", leaseUntil: secondsFromNow(leaseSeconds) })
    .returning({ id: imports.id });
  if (row === undefined) throw new Error("The import was not noted.");
  return row.id;
}

/** Records that bytes are still arriving. @returns false when the import was cancelled or has failed */
export async function keepReceiving(db: Db, id: number, bytes: number, leaseSeconds: number): Promise<boolean> {
  const { count } = await db
    .update(imports)
    .set({ leaseUntil: secondsFromNow(leaseSeconds), bytesTotal: bytes })
    .where(isReceiving(id));
  return count > 0;
}

/**
 * Records that all bytes have arrived, and wakes the workers. @returns false when the import was cancelled or has
 * failed
 */
export async function queueImport(
  db: Db,
  { id, bytes, sha256 }: { readonly id: number; readonly bytes: number; readonly sha256: string },
): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set({ state: "queued", leaseUntil: null, bytesTotal: bytes, sha256 })
    .where(isReceiving(id))
    .returning({ notified: notify("import_queued") });
  return rows.length > 0;
}

/** Deletes an import that is not needed: its request was a repetition. */
export async function deleteImport(db: Db, id: number): Promise<void> {
  await db.delete(imports).where(isReceiving(id));
}

/**
 * After waiting this long for a second connection to read with, an import that holds one fails; the times differ, so
 * that concurrent ones do not all fail at once.
 */
const secondConnectionMs = (): number => 20_000 + Math.random() * 20_000;

/**
 * The bytes of a file, a chunk per query: no connection is held in between.
 * @throws {Error} when there are fewer than were received, or no connection becomes free
 */
export async function* readChunks(db: Db, id: number, bytesTotal: number): AsyncGenerator<Uint8Array> {
  let left = bytesTotal;
  for (let seq = 0; left > 0; seq++) {
    const [row] = await orNoFreeConnection(
      db
        .select({ bytes: importChunks.bytes })
        .from(importChunks)
        .where(and(eq(importChunks.importId, id), eq(importChunks.seq, seq))),
    );
    if (row === undefined) throw new Error(`Import ${id.toString()} lacks its chunk ${seq.toString()}.`);
    left -= row.bytes.length;
    yield row.bytes;
  }
}

async function orNoFreeConnection<T>(reading: PromiseLike<T>): Promise<T> {
  const stop = new AbortController();
  const tooLate = pause(secondConnectionMs(), null, { signal: stop.signal }).then(() => {
    throw noFreeConnection();
  });
  try {
    return await Promise.race([reading, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    stop.abort();
  }
}

export async function dropChunks(db: Db, id: number): Promise<void> {
  await db.delete(importChunks).where(eq(importChunks.importId, id));
}
