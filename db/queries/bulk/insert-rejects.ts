import type { Db } from "@/db/client";
import type { RejectRow } from "@/db/queries/import-rejects";

/** A text of the database can contain every character except NUL. */
const storable = (text: string): string => text.replaceAll("\0", "\\u0000");

/** Stores the rejects of an import, in their order. */
export async function insertRejects({ sql }: Db, importId: number, rejects: readonly RejectRow[]): Promise<void> {
  if (rejects.length === 0) return;
  await sql`
    insert into import_rejects (import_id, seq, line, byte_offset, column_name, code, reason, raw)
    select ${importId}::bigint, seq - 1, line, byte_offset, column_name, code, reason, raw
    from unnest(${rejects.map(({ line }) => line)}::bigint[], ${rejects.map(({ byteOffset }) => byteOffset)}::bigint[],
      ${rejects.map(({ column }) => column)}::text[], ${rejects.map(({ code }) => code)}::text[],
      ${rejects.map(({ reason }) => storable(reason))}::text[], ${rejects.map(({ raw }) => storable(raw))}::text[])
      with ordinality as given (line, byte_offset, column_name, code, reason, raw, seq)`;
}
