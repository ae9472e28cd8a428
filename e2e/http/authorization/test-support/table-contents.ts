import type { Database } from "@/db/client";

/** Columns that any request may change: counts of limits, and when a caller was last seen. */
const housekeeping: Readonly<Record<string, readonly string[]>> = {
  api_keys: ["last_used_at"],
  sessions: ["last_seen_at"],
};
const ignored = ["rate_limits", "workers"];

/** The rows of every table of ours, by name: equal before and after means that nothing changed. */
export async function tableContents({ sql }: Database): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const tables = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> all(${ignored}::text[])
    order by 1`;
  const contents: Record<string, readonly unknown[]> = {};
  for (const { name } of tables) {
    const left = housekeeping[name] ?? [];
    const rows = await sql<{ row: unknown }[]>`
      select to_jsonb(t) - ${left}::text[] as row from ${sql(name)} as t order by to_jsonb(t)::text`;
    contents[name] = rows.map(({ row }) => row);
  }
  return contents;
}
