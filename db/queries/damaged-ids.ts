import type { Sql } from "@/db/client";

/** What a spreadsheet showed, and between which ids of the same length the one lies that it was. */
export interface RoundedId {
  readonly shown: string;
  readonly first: string;
  readonly last: string;
}

/** For each rounded id that exactly one known store fits, that store's id. */
export async function suggestStoreIds(sql: Sql, rounded: readonly RoundedId[]): Promise<ReadonlyMap<string, string>> {
  if (rounded.length === 0) return new Map();
  const rows = await sql<{ shown: string; store_id: string }[]>`
    select r.shown, min(s.store_id) as store_id
    from unnest(${rounded.map(({ shown }) => shown)}::text[], ${rounded.map(({ first }) => first)}::text[],
                ${rounded.map(({ last }) => last)}::text[]) as r (shown, first, last)
    join stores s on s.store_id between (r.first collate "C") and (r.last collate "C")
      and length(s.store_id) = length(r.first) and s.store_id ~ '^[0-9]+$'
    group by r.shown
    having count(*) = 1`;
  return new Map(rows.map((row) => [row.shown, row.store_id]));
}
