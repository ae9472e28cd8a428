import type { Db } from "@/db/client";
import { as, readOneRow, readRows } from "@/db/rows";
import { calendarStores } from "@/db/schema/calendars";
import type { CalendarDate } from "@/lib/uptime/calendar";
import { isStoreRow } from "@/db/queries/store-lifecycle";
import { storeCalendars } from "./calendar-layers";

/** Replaces the dates of a calendar from a date on. */
export async function replaceCalendarDates(
  { sql }: Db,
  id: number,
  from: string,
  dates: readonly CalendarDate[],
): Promise<void> {
  await sql`delete from calendar_dates where calendar_id = ${id} and local_date >= ${from}::date`;
  const rows = dates.flatMap(({ date, name, effect }) => {
    const [hours, isClosure] = "hours" in effect ? [effect.hours, false] : [effect.closed, true];
    const given = hours.length === 0 ? [{ startSecond: 0, endSecond: 0 }] : hours;
    return given.map((row) => ({ date, name, isClosure, ...row }));
  });
  if (rows.length === 0) return;
  await sql`
    insert into calendar_dates (calendar_id, local_date, start_second, end_second, is_closure, name)
    select ${id}, local_date::date, start_second, end_second, is_closure = 1, name
    from unnest(${rows.map(({ date }) => date)}::text[], ${rows.map(({ startSecond }) => startSecond)}::int[],
      ${rows.map(({ endSecond }) => endSecond)}::int[], ${rows.map(({ isClosure }) => (isClosure ? 1 : 0))}::int[],
      ${rows.map(({ name }) => name)}::text[]) as given (local_date, start_second, end_second, is_closure, name)
    on conflict do nothing`;
}

/** To whom a calendar is given. */
export interface NewGrants {
  readonly all: boolean;
  readonly brands: readonly string[];
  readonly groups: readonly string[];
  readonly storeKeys: readonly number[];
}

/**
 * Gives a calendar to these stores and labels for dates from one on, and to no others. What was given before keeps the
 * dates before it.
 * @param end after all dates
 */
export async function replaceCalendarGrants(
  { sql }: Db,
  id: number,
  from: string,
  end: string,
  { all, brands, groups, storeKeys }: NewGrants,
): Promise<void> {
  const labels = [
    ...(all ? [{ kind: "all", label: "" }] : []),
    ...brands.map((label) => ({ kind: "brand", label })),
    ...groups.map((label) => ({ kind: "group", label })),
  ];
  const wantedLabels = sql`(select distinct * from unnest(${labels.map(({ kind }) => kind)}::text[],
    ${labels.map(({ label }) => label)}::text[]) as wanted (kind, label))`;
  // A deleted store and an earlier id keep the calendar, because they may become stores again.
  const isOfStore = sql`store_key in (select store_key from stores s where ${sql.unsafe(isStoreRow)})`;
  const wantedStores = sql`(select distinct * from unnest(${[...storeKeys]}::int[]) as wanted (store_key))`;
  await sql`delete from calendar_labels where calendar_id = ${id} and first_date >= ${from}::date`;
  await sql`delete from calendar_stores where calendar_id = ${id} and first_date >= ${from}::date and ${isOfStore}`;
  // What is given on goes on without end, also if an earlier change had ended it later on.
  await sql`
    update calendar_labels set before_date = case
      when (kind, label) in (select kind, label from ${wantedLabels} as w) then ${end}::date else ${from}::date end
    where calendar_id = ${id} and before_date > ${from}::date`;
  await sql`
    update calendar_stores set before_date = case
      when store_key in (select store_key from ${wantedStores} as w) then ${end}::date else ${from}::date end
    where calendar_id = ${id} and before_date > ${from}::date and ${isOfStore}`;
  await sql`
    insert into calendar_labels (calendar_id, kind, label, first_date, before_date)
    select ${id}, kind, label, ${from}::date, ${end}::date from ${wantedLabels} as w
    where not exists (
      select from calendar_labels g
      where g.calendar_id = ${id} and g.kind = w.kind and g.label = w.label and g.before_date > ${from}::date)`;
  await sql`
    insert into calendar_stores (store_key, calendar_id, first_date, before_date)
    select store_key, ${id}, ${from}::date, ${end}::date from ${wantedStores} as w
    where not exists (
      select from calendar_stores g
      where g.calendar_id = ${id} and g.store_key = w.store_key and g.before_date > ${from}::date)`;
}

const keyRow = { storeKey: calendarStores.storeKey };

/** The stores that a calendar is given to on a date or later. */
export async function storesOfCalendar({ sql }: Db, id: number, from: string): Promise<readonly number[]> {
  const rows = await readRows(
    sql`
    select distinct given.store_key
    from (${sql.unsafe(storeCalendars("true"))}) as given join stores s using (store_key)
    where calendar_id = ${id} and before_date > ${from}::date and ${sql.unsafe(isStoreRow)} order by given.store_key`,
    keyRow,
  );
  return rows.map(({ storeKey }) => storeKey);
}

const countRow = { calendarId: calendarStores.calendarId, stores: as.number };

/** By calendar, the number of stores that it is given to without end. @param end after all dates */
export async function countCalendarStores({ sql }: Db, end: string): Promise<ReadonlyMap<number, number>> {
  const rows = await readRows(
    sql`
    select calendar_id, count(distinct given.store_key)::int as stores
    from (${sql.unsafe(storeCalendars("true"))}) as given join stores s using (store_key)
    where before_date = ${end}::date and ${sql.unsafe(isStoreRow)} group by calendar_id`,
    countRow,
  );
  return new Map(rows.map(({ calendarId, stores: given }) => [calendarId, given]));
}

const totalRow = { total: as.number };

/** On how many of the dates the stores have special hours of their own, summed over the stores. */
export async function countOwnDates(
  { sql }: Db,
  storeKeys: readonly number[],
  dates: readonly string[],
): Promise<number> {
  const { total } = await readOneRow(
    sql`
    select count(distinct (store_key, local_date))::int as total from schedule_exceptions
    where store_key = any(${[...storeKeys]}::int[]) and local_date = any(${[...dates]}::date[])`,
    totalRow,
  );
  return total;
}
