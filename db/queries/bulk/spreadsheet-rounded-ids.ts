import type { Db } from "@/db/client";
import { as, orNull, readOneRow, readRows } from "@/db/rows";

const suggestedRow = { shown: as.text, storeId: as.text };
const idsRow = { ids: orNull(as.text) };
const matchRow = { shown: as.text, known: as.boolean, original: orNull(as.text), count: as.number };

/** An id as a spreadsheet shows it, and the range of ids of the same length that it may stand for. */
export interface RoundedId {
  readonly shown: string;
  readonly first: string;
  readonly last: string;
}

/** For each rounded id that exactly one known store matches, that store's id. */
export async function suggestStoreIds(
  { sql }: Db,
  rounded: readonly RoundedId[],
): Promise<ReadonlyMap<string, string>> {
  if (rounded.length === 0) return new Map();
  const rows = await readRows(
    sql`
    select r.shown, min(s.store_id) as store_id
    from unnest(${rounded.map(({ shown }) => shown)}::text[], ${rounded.map(({ first }) => first)}::text[],
                ${rounded.map(({ last }) => last)}::text[]) as r (shown, first, last)
    join stores s on s.store_id between (r.first collate "C") and (r.last collate "C")
      and length(s.store_id) = length(r.first) and s.store_id ~ '^[0-9]+$'
    group by r.shown
    having count(*) = 1`,
    suggestedRow,
  );
  return new Map(rows.map((row) => [row.shown, row.storeId]));
}

/** Ids of known stores that are numbers too long for a spreadsheet, which rounds them. */
export async function listLongNumericIds({ sql }: Db): Promise<readonly string[]> {
  // As one text: a row per id would take longer for a large fleet's import.
  const { ids } = await readOneRow(
    sql`
    select string_agg(store_id, ',') as ids from stores where store_id ~ '^[1-9][0-9]{15,}$'`,
    idsRow,
  );
  return ids === null ? [] : ids.split(",");
}

/** The smallest known id that a rounded id may have been, and how many there are. */
export interface RoundedMatch {
  readonly original: string;
  readonly count: number;
}

/** Ids that look rounded, checked against the known stores. */
export interface CheckedIds {
  /** Those that are known stores. */
  readonly known: readonly string[];
  /** Of the others, those that known stores of the same length may have been. */
  readonly rounded: ReadonlyMap<string, RoundedMatch>;
}

export async function checkRoundedIds({ sql }: Db, ids: readonly RoundedId[]): Promise<CheckedIds> {
  if (ids.length === 0) return { known: [], rounded: new Map() };
  const rows = await readRows(
    sql`
    select r.shown, k.store_key is not null as known, o.original, o.count
    from unnest(${ids.map(({ shown }) => shown)}::text[], ${ids.map(({ first }) => first)}::text[],
                ${ids.map(({ last }) => last)}::text[]) as r (shown, first, last)
    left join stores k on k.store_id = r.shown
    cross join lateral (
      select min(s.store_id) as original, count(*)::int as count from stores s
      where k.store_key is null and s.store_id between (r.first collate "C") and (r.last collate "C")
        and length(s.store_id) = length(r.first) and s.store_id ~ '^[0-9]+$'
    ) as o`,
    matchRow,
  );
  return {
    known: rows.filter(({ known }) => known).map(({ shown }) => shown),
    rounded: new Map(
      rows.flatMap(({ shown, original, count }) => (original === null ? [] : [[shown, { original, count }] as const])),
    ),
  };
}
