import type { Database, Db } from "@/db/client";

/** What a spreadsheet showed, and between which ids of the same length the one lies that it was. */
export interface RoundedId {
  readonly shown: string;
  readonly first: string;
  readonly last: string;
}

/** For each rounded id that exactly one known store fits, that store's id. */
export async function suggestStoreIds({ sql }: Database, rounded: readonly RoundedId[]): Promise<ReadonlyMap<string, string>> {
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

/** Ids of known stores that are numbers too long for a spreadsheet, which rounds them. */
export async function listLongNumericIds({ sql }: Db): Promise<readonly string[]> {
  // One text: a row each would cost an import of a large fleet more.
  const [row] = await sql<{ ids: string | null }[]>`
    select string_agg(store_id, ',') as ids from stores where store_id ~ '^[1-9][0-9]{15,}$'`;
  return row?.ids == null ? [] : row.ids.split(",");
}

/** A rounded id, and what it may have been. */
export interface RoundedMatch {
  readonly original: string;
  readonly count: number;
}

/** Of ids that look rounded, those that are no known store and that known stores of the same length may have been. */
export async function findRoundedIds(
  { sql }: Db,
  ids: readonly RoundedId[],
): Promise<ReadonlyMap<string, RoundedMatch>> {
  if (ids.length === 0) return new Map();
  const rows = await sql<{ shown: string; original: string; count: number }[]>`
    select r.shown, min(s.store_id) as original, count(*)::int as count
    from unnest(${ids.map(({ shown }) => shown)}::text[], ${ids.map(({ first }) => first)}::text[],
                ${ids.map(({ last }) => last)}::text[]) as r (shown, first, last)
    join stores s on s.store_id between (r.first collate "C") and (r.last collate "C")
      and length(s.store_id) = length(r.first) and s.store_id ~ '^[0-9]+$'
    where not exists (select from stores k where k.store_id = r.shown)
    group by r.shown`;
  return new Map(rows.map(({ shown, original, count }) => [shown, { original, count }]));
}
