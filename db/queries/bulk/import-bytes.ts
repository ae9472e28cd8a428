import type { Db } from "@/db/client";

/** Stores the next bytes of a file; committed when it resolves. */
export async function insertChunk({ sql }: Db, id: number, seq: number, bytes: Uint8Array): Promise<void> {
  await sql`insert into import_chunks (import_id, seq, bytes) values (${id}, ${seq}, ${bytes})`;
}

/** Fails an import whose upload is incomplete, and drops its bytes. */
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

/** Drops the bytes of imports that ended without a process that could drop them. @returns the number of imports */
export async function dropLeftChunks({ sql }: Db): Promise<number> {
  // The few imports in progress are looked up; a join would read the ended ones.
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
