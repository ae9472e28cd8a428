import type { Db } from "@/db/client";

/** A row of a file that was not taken. */
export interface RejectRow {
  readonly line: number;
  readonly byteOffset: number;
  readonly column: string;
  readonly code: string;
  readonly reason: string;
  readonly raw: string;
}

/** Text of the database holds every character but NUL. */
const storable = (text: string): string => text.replaceAll("\0", "\\u0000");

/** Keeps the rejects of an import, in their order. */
export async function keepRejects({ sql }: Db, importId: number, rejects: readonly RejectRow[]): Promise<void> {
  if (rejects.length === 0) return;
  await sql`
    insert into import_rejects (import_id, seq, line, byte_offset, column_name, code, reason, raw)
    select ${importId}::bigint, seq - 1, line, byte_offset, column_name, code, reason, raw
    from unnest(${rejects.map(({ line }) => line)}::bigint[], ${rejects.map(({ byteOffset }) => byteOffset)}::bigint[],
      ${rejects.map(({ column }) => column)}::text[], ${rejects.map(({ code }) => code)}::text[],
      ${rejects.map(({ reason }) => storable(reason))}::text[], ${rejects.map(({ raw }) => storable(raw))}::text[])
      with ordinality as given (line, byte_offset, column_name, code, reason, raw, seq)`;
}

/** At most `limit` rejects of an import from the `from`-th on, counted from 0. */
export async function readRejects({ sql }: Db, importId: number, from: number, limit: number): Promise<RejectRow[]> {
  const rows = await sql<
    { line: string; byte_offset: string; column_name: string; code: string; reason: string; raw: string }[]
  >`
    select line, byte_offset, column_name, code, reason, raw from import_rejects
    where import_id = ${importId} and seq >= ${from} order by seq limit ${limit}`;
  return rows.map(({ line, byte_offset, column_name, code, reason, raw }) => {
    return { line: Number(line), byteOffset: Number(byte_offset), column: column_name, code, reason, raw };
  });
}
