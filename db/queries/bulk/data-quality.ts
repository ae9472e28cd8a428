import type { PendingQuery, Row } from "postgres";
import type { Db, Sql } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { as, readOneRow, readRows } from "@/db/rows";
import { polls } from "@/db/schema/polls";
import { stores } from "@/db/schema/stores";
import { among, type StoreSet } from "@/db/store-set";
import { isListedRow } from "@/db/queries/store-lifecycle";
import type { EpochMs } from "@/lib/uptime/types";
import { latestCounted } from "./fleet-state";

const countsRow = {
  stores: as.number,
  withoutHours: as.number,
  withoutZone: as.number,
  withoutPolls: as.number,
  onlyInPolls: as.number,
  overlappingNights: as.number,
  missingDay: as.number,
  singleFullDay: as.number,
  keptHours: as.number,
  shiftedDays: as.number,
  conflicts: as.number,
};
const storeRow = { storeId: stores.storeId, name: stores.name };
const instantRow = { ...storeRow, at: polls.at };
const futureRow = { polls: as.number, stores: as.number };

type Fragment = PendingQuery<Row[]>;

/** Stores with missing data. */
export type IncompleteStores = "without_hours" | "without_zone" | "without_polls" | "only_in_polls";

/** Stores whose latest weekly hours look like a mistake. */
export type UnusualHours = "overlapping_nights" | "missing_day" | "single_full_day" | WarnedHours;

/** Stores that the last file with their hours warned about. */
type WarnedHours = "kept_hours" | "shifted_days";

export interface QualityCounts {
  readonly stores: number;
  readonly withoutHours: number;
  readonly withoutZone: number;
  readonly withoutPolls: number;
  readonly onlyInPolls: number;
  readonly overlappingNights: number;
  readonly missingDay: number;
  readonly singleFullDay: number;
  readonly keptHours: number;
  readonly shiftedDays: number;
  readonly conflicts: number;
}

const noHours = (sql: Sql) => sql`not exists (select from business_hours as h where h.store_key = s.store_key)`;
/**
 * In order of time, so that the newest partition is queried first: `exists` would query every week of the history,
 * oldest first.
 */
const hasPolls = (sql: Sql) =>
  sql`(select true from polls as p where p.store_key = s.store_key order by p.at desc limit 1) is not null`;

/** What is unusual about the rows `h` of one store's week. The row 0–0 closes its day. */
const unusualHours = (sql: Sql) => sql`
  coalesce(bool_or(h.end_second > 86400 and exists (
    select from business_hours n where n.store_key = h.store_key and n.day = (h.day + 1) % 7 and n.end_second > 0
      and n.start_second < h.end_second - 86400)), false) as overlapping_nights,
  count(distinct h.day) = 6 and count(distinct h.day) filter (where h.end_second > 0) = 6 as missing_day,
  count(distinct h.day) filter (where h.start_second = 0 and h.end_second = 86400) = 1 as single_full_day`;

function isInList(sql: Sql, list: IncompleteStores | UnusualHours) {
  const week = sql`(select ${unusualHours(sql)} from business_hours h where h.store_key = s.store_key)`;
  switch (list) {
    case "overlapping_nights":
      return sql`(select week.overlapping_nights from ${week} as week)`;
    case "missing_day":
      return sql`(select week.missing_day from ${week} as week)`;
    case "single_full_day":
      return sql`(select week.single_full_day from ${week} as week)`;
    case "kept_hours":
    case "shifted_days":
      return sql`exists (select 1 from hours_warnings w where w.store_key = s.store_key and w.code = ${list})`;
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

/** Retired stores are left out. */
const isListed = (sql: Sql) => sql.unsafe<Row[]>(isListedRow);

/** Whether a `store_key` is that of a listed store. */
const isOfListed = (sql: Sql) =>
  sql`store_key not in (select s.store_key from stores s where s.lifecycle <> 'active' and not (${isListed(sql)}))`;

export async function countQuality({ sql }: Db, stores: StoreSet): Promise<QualityCounts> {
  return readOneRow(
    sql`
    select count(*)::int as stores,
      (count(*) filter (where no_hours))::int as without_hours,
      (count(*) filter (where no_zone))::int as without_zone,
      (count(*) filter (where not has_polls))::int as without_polls,
      (count(*) filter (where no_hours and no_zone and has_polls))::int as only_in_polls,
      (count(*) filter (where overlapping_nights))::int as overlapping_nights,
      (count(*) filter (where missing_day))::int as missing_day,
      (count(*) filter (where single_full_day))::int as single_full_day,
      (select count(*) from hours_warnings where code = 'kept_hours' and ${among(sql, sql`store_key`, stores)}
        and ${isOfListed(sql)})::int as kept_hours,
      (select count(*) from hours_warnings where code = 'shifted_days' and ${among(sql, sql`store_key`, stores)}
        and ${isOfListed(sql)})::int as shifted_days,
      (select count(*) from poll_conflicts where ${among(sql, sql`store_key`, stores)} and ${isOfListed(sql)})::int as conflicts
    from (
      select s.time_zone is null as no_zone, ${noHours(sql)} as no_hours, ${hasPolls(sql)} as has_polls,
        week.overlapping_nights, week.missing_day, week.single_full_day
      from stores as s
      left join (
        select h.store_key, ${unusualHours(sql)} from business_hours h
        where ${among(sql, sql`h.store_key`, stores)} group by h.store_key
      ) as week on week.store_key = s.store_key
      where ${isListed(sql)} and ${among(sql, sql`s.store_key`, stores)}
    ) as stores`,
    countsRow,
  );
}

export interface QualityEntry {
  readonly storeId: string;
  readonly name: string | null;
  /** The instant of a conflict. */
  readonly at: EpochMs | null;
}

/** Stores of a list, in order of ids. @param after the last id of the previous page; "" */
export async function listStores(
  { sql }: Db,
  stores: StoreSet,
  list: IncompleteStores | UnusualHours,
  after: string,
  limit: number,
): Promise<QualityEntry[]> {
  const rows = await readRows(
    sql`
    select s.store_id, s.name from stores as s
    where ${isListed(sql)} and ${among(sql, sql`s.store_key`, stores)} and ${isInList(sql, list)} and s.store_id > ${after} order by s.store_id limit ${limit}`,
    storeRow,
  );
  return rows.map((row) => ({ ...row, at: null }));
}

/** The last row of a page of conflicts. */
export interface ConflictPosition {
  readonly storeId: string;
  readonly at: EpochMs;
}

/** Instants with both statuses for one store, in order of ids and instants. */
export async function listConflicts(
  db: Db,
  stores: StoreSet,
  after: ConflictPosition | null,
  limit: number,
): Promise<QualityEntry[]> {
  const conflictsAfter = (bound: EpochMs | null) =>
    db.sql`select c.at from poll_conflicts c where c.store_key = s.store_key and ${isAfter(db.sql, db.sql`c.at`, bound)}`;
  return listInstants(db, stores, after, limit, conflictsAfter);
}

const isAfter = (sql: Sql, column: Fragment, bound: EpochMs | null): Fragment =>
  bound === null ? sql`true` : sql`${column} > ${instantText(bound)}::timestamptz`;

/**
 * Instants of stores, in order of ids and instants. Each store is queried only for what still fits on the page, so the
 * cost depends on the page, not on the number of instants of a store.
 * @param instantsOf a query of the instants after a bound of the store `s`; null: of all
 */
async function listInstants(
  { sql }: Db,
  stores: StoreSet,
  after: ConflictPosition | null,
  limit: number,
  instantsOf: (bound: EpochMs | null) => Fragment,
): Promise<QualityEntry[]> {
  const page = (isStore: Fragment, bound: EpochMs | null) =>
    readRows(
      sql`
    select s.store_id, s.name, one.at
    from (select store_id, name, store_key from stores s
      where ${isListed(sql)} and ${among(sql, sql`s.store_key`, stores)} and ${isStore}
      order by s.store_id) as s
    cross join lateral (${instantsOf(bound)} order by at limit ${limit}) as one
    order by s.store_id, one.at limit ${limit}`,
      instantRow,
    );
  const rest = after === null ? [] : await page(sql`s.store_id = ${after.storeId}`, after.at);
  const others =
    rest.length === limit ? [] : await page(after === null ? sql`true` : sql`s.store_id > ${after.storeId}`, null);
  return [...rest, ...others].slice(0, limit);
}

/**
 * The number of polls ahead of the clock, and of their stores. Costs nothing when there are none. @param now the
 * clock's ms
 */
export async function countFuturePolls(
  { sql }: Db,
  stores: StoreSet,
  now: EpochMs,
): Promise<{ readonly polls: number; readonly stores: number }> {
  const bound = latestCounted(now);
  const [ahead] = await sql`select from fleet_state where newest_poll_at > ${bound}::timestamptz`;
  if (ahead === undefined) return { polls: 0, stores: 0 };
  return readOneRow(
    sql`
    select count(*)::int as polls, count(distinct store_key)::int as stores from polls
    where at > ${bound}::timestamptz and ${among(sql, sql`store_key`, stores)}`,
    futureRow,
  );
}

/** Polls ahead of the clock, in order of ids and instants. @param now the clock's ms */
export async function listFuturePolls(
  db: Db,
  stores: StoreSet,
  now: EpochMs,
  after: ConflictPosition | null,
  limit: number,
): Promise<QualityEntry[]> {
  const bound = db.sql`${latestCounted(now)}::timestamptz`;
  const [ahead] = await db.sql`select from fleet_state where newest_poll_at > ${bound}`;
  if (ahead === undefined) return [];
  const futureAfter = (from: EpochMs | null) => db.sql`
    select p.at from polls p where p.store_key = s.store_key and p.at > ${bound} and ${isAfter(db.sql, db.sql`p.at`, from)}`;
  return listInstants(db, stores, after, limit, futureAfter);
}
