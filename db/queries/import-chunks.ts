import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "@/db/client";
import { noFreeConnection } from "@/db/connection-errors";

export interface NewImport {
  readonly kind: string;
  readonly fileName: string | null;
  readonly dryRun: boolean;
  readonly abortOnReject: boolean;
}

/** Notes that a file begins to come in. It is given up unless `keepReceiving` is called within the lease. */
export async function beginImport({ sql }: Db, given: NewImport, leaseSeconds: number): Promise<number> {
  const [row] = await sql<{ id: string }[]>`
    insert into imports (kind, state, file_name, dry_run, abort_on_reject, lease_until)
    values (${given.kind}, 'receiving', ${given.fileName}, ${given.dryRun}, ${given.abortOnReject},
      now() + make_interval(secs => ${leaseSeconds}))
    returning id`;
  if (row === undefined) throw new Error("The import was not noted.");
  return Number(row.id);
}

/** Says that bytes still come. @returns false where the import was cancelled or given up */
export async function keepReceiving({ sql }: Db, id: number, bytes: number, leaseSeconds: number): Promise<boolean> {
  const rows = await sql`
    update imports set lease_until = now() + make_interval(secs => ${leaseSeconds}), bytes_total = ${bytes}
    where id = ${id} and state = 'receiving' returning 1`;
  return rows.length > 0;
}

/** Keeps the next bytes of a file; committed when it resolves. */
export async function keepChunk({ sql }: Db, id: number, seq: number, bytes: Uint8Array): Promise<void> {
  await sql`insert into import_chunks (import_id, seq, bytes) values (${id}, ${seq}, ${bytes})`;
}

/** Says that all bytes are there, and wakes the workers. @returns false where the import was cancelled or given up */
export async function queueImport(
  { sql }: Db,
  { id, bytes, sha256 }: { readonly id: number; readonly bytes: number; readonly sha256: string },
): Promise<boolean> {
  const rows = await sql`
    update imports set state = 'queued', lease_until = null, bytes_total = ${bytes}, sha256 = ${sha256}
    where id = ${id} and state = 'receiving' returning pg_notify('import_queued', '')`;
  return rows.length > 0;
}

/** Ends an import whose bytes did not all come, and drops those that did. */
export async function giveUpReceiving(
  { sql }: Db,
  id: number,
  error: { readonly code: string; readonly detail: string },
): Promise<void> {
  await sql`
    with ended as (
      update imports set state = 'failed', finished_at = now(), lease_until = null, error_code = ${error.code},
        error_detail = ${error.detail}
      where id = ${id} and state = 'receiving' returning id)
    delete from import_chunks using ended where import_id = ended.id`;
}

/** Forgets an import that is not to be: its request was a repetition. */
export async function deleteImport({ sql }: Db, id: number): Promise<void> {
  await sql`delete from imports where id = ${id} and state = 'receiving'`;
}

/** Imports that hold a connection each and wait for another to read by give it up after so long, not all at once. */
const secondConnectionMs = (): number => 20_000 + Math.random() * 20_000;

/**
 * The bytes of a file, a chunk a query: no connection is held between.
 * @throws {Error} where fewer are there than were received, or no connection becomes free
 */
export async function* readChunks({ sql }: Db, id: number, bytesTotal: number): AsyncGenerator<Uint8Array> {
  let left = bytesTotal;
  for (let seq = 0; left > 0; seq++) {
    const [row] = await orNoFreeConnection(
      sql<{ bytes: Uint8Array }[]>`select bytes from import_chunks where import_id = ${id} and seq = ${seq}`,
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

export async function dropChunks({ sql }: Db, id: number): Promise<void> {
  await sql`delete from import_chunks where import_id = ${id}`;
}

/** Drops the bytes of imports that ended while nobody was there to do it. @returns of how many */
export async function dropLeftChunks({ sql }: Db): Promise<number> {
  // The few imports that are under way are looked up; a join would read the ended ones.
  const { count } = await sql`
    with recursive held (import_id) as (
      (select import_id from import_chunks order by import_id limit 1)
      union all
      select (select c.import_id from import_chunks c where c.import_id > h.import_id order by c.import_id limit 1)
      from held h where h.import_id is not null
    ), left_over as (
      select i.id from held h join imports i on i.id = h.import_id
      where i.state not in ('receiving', 'queued', 'running')
    )
    delete from import_chunks using left_over where import_id = left_over.id`;
  return count;
}
