import type { SqlOrTx } from "@/db/client";
import { among, type StoreSet } from "@/db/store-set";
import type { EpochMs } from "@/lib/uptime/types";

/** Stores of which something is missing. */
export type IncompleteStores = "without_hours" | "without_zone" | "without_polls" | "only_in_polls";

export interface QualityCounts {
  readonly stores: number;
  readonly withoutHours: number;
  readonly withoutZone: number;
  readonly withoutPolls: number;
  readonly onlyInPolls: number;
  readonly conflicts: number;
}

const noHours = (sql: SqlOrTx) => sql`not exists (select from business_hours as h where h.store_key = s.store_key)`;
/** In order of time, so that the newest partition is asked first: `exists` asks every week of the history, the oldest first. */
const hasPolls = (sql: SqlOrTx) =>
  sql`(select true from polls as p where p.store_key = s.store_key order by p.at desc limit 1) is not null`;

function isIncomplete(sql: SqlOrTx, list: IncompleteStores) {
  switch (list) {
    case "without_hours":
      return noHours(sql);
    case "without_zone":
      return sql`s.time_zone is null`;
    case "without_polls":
      return sql`not (${hasPolls(sql)})`;
    case "only_in_polls":
      return sql`s.time_zone is null and ${noHours(sql)} and ${hasPolls(sql)}`;
  }
}

export async function countQuality(sql: SqlOrTx, stores: StoreSet): Promise<QualityCounts> {
  const [row] = await sql<(QualityCounts & { conflicts: number })[]>`
    select count(*)::int as stores,
      (count(*) filter (where no_hours))::int as "withoutHours",
      (count(*) filter (where no_zone))::int as "withoutZone",
      (count(*) filter (where not has_polls))::int as "withoutPolls",
      (count(*) filter (where no_hours and no_zone and has_polls))::int as "onlyInPolls",
      (select count(*) from poll_conflicts where ${among(sql, sql`store_key`, stores)})::int as conflicts
    from (
      select s.time_zone is null as no_zone, ${noHours(sql)} as no_hours, ${hasPolls(sql)} as has_polls from stores as s
      where ${among(sql, sql`s.store_key`, stores)}
    ) as stores`;
  if (row === undefined) throw new Error("A count without a row.");
  return row;
}

export interface QualityEntry {
  readonly storeId: string;
  readonly name: string | null;
  /** Of a conflict. */
  readonly at: EpochMs | null;
}

/** Stores of which something is missing, in order of ids. @param after the id that the page before ended with; "" */
export async function listIncompleteStores(
  sql: SqlOrTx,
  stores: StoreSet,
  list: IncompleteStores,
  after: string,
  limit: number,
): Promise<QualityEntry[]> {
  const rows = await sql<{ store_id: string; name: string | null }[]>`
    select s.store_id, s.name from stores as s
    where ${among(sql, sql`s.store_key`, stores)} and ${isIncomplete(sql, list)} and s.store_id > ${after} order by s.store_id limit ${limit}`;
  return rows.map((row) => ({ storeId: row.store_id, name: row.name, at: null }));
}

/** Where a page of conflicts ended. */
export interface ConflictPosition {
  readonly storeId: string;
  readonly at: EpochMs;
}

/** Instants for which polls of one store said both, in order of ids and instants. */
export async function listConflicts(
  sql: SqlOrTx,
  stores: StoreSet,
  after: ConflictPosition | null,
  limit: number,
): Promise<QualityEntry[]> {
  const from =
    after === null
      ? sql``
      : sql`and (s.store_id, c.at) > (${after.storeId} collate "C", ${new Date(after.at).toISOString()}::timestamptz)`;
  const rows = await sql<{ store_id: string; name: string | null; at: string }[]>`
    select s.store_id, s.name, c.at from poll_conflicts as c join stores as s on s.store_key = c.store_key
    where ${among(sql, sql`s.store_key`, stores)} ${from} order by s.store_id, c.at limit ${limit}`;
  return rows.map((row) => ({ storeId: row.store_id, name: row.name, at: Date.parse(row.at) }));
}
