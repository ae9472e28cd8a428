import type { Db } from "@/db/client";
import { as, orNull, readRows } from "@/db/rows";
import { calendarDates, calendars } from "@/db/schema/calendars";
import { scheduleExceptions } from "@/db/schema/schedule-exceptions";
import type { DateEffect } from "@/lib/uptime/calendar";
import type { DayHours } from "@/lib/uptime/types";
import { layerOrder, storeCalendars } from "./calendar-layers";

const dateRow = {
  total: as.number,
  date: orNull(as.text),
  startSecond: orNull(scheduleExceptions.startSecond),
  endSecond: orNull(scheduleExceptions.endSecond),
  isClosure: orNull(calendarDates.isClosure),
  calendar: orNull(calendars.name),
  name: orNull(calendarDates.name),
};

/** Selects dates of a store that have their own hours. */
export interface ExceptionDates {
  readonly storeKey: number;
  /** Dates from this one on; null: all. */
  readonly from: string | null;
  /** Dates up to this one; null: all. */
  readonly to: string | null;
  /** Of those, the dates after this one; null: all. */
  readonly after: string | null;
  readonly limit: number;
}

/** A date that has its own hours in a store. */
export interface ExceptionDate {
  readonly date: string;
  readonly effect: DateEffect;
  /** The calendar that says so, and the name that it gives to the date; null: the date is one of the store's own. */
  readonly from: { readonly calendar: string; readonly name: string } | null;
}

/**
 * The dates of a store and of its calendars: each once, and what applies on it.
 * @returns the dates in order, each with its hours in order, and the number of dates in the range
 */
export async function readExceptions(
  { sql }: Db,
  { storeKey, from, to, after, limit }: ExceptionDates,
): Promise<{ readonly dates: readonly ExceptionDate[]; readonly total: number }> {
  const isWanted = sql`local_date between coalesce(${from}::date, '-infinity') and coalesce(${to}::date, 'infinity')`;
  // One text for all stores, so that it is prepared once.
  const ofStore = "store_key = (select store_key from store)";
  const rows = await readRows(
    sql`
    with store as (select ${storeKey}::int as store_key),
    layers as (${sql.unsafe(storeCalendars(ofStore))}),
    own as (select * from schedule_exceptions where ${sql.unsafe(ofStore)} and ${isWanted}),
    chosen as (
      select distinct on (d.local_date) d.local_date, l.calendar_id
      from layers l join calendar_dates d using (calendar_id)
      where ${isWanted} and d.local_date >= l.first_date and d.local_date < l.before_date
        and not exists (select from own e where e.local_date = d.local_date)
      order by d.local_date, ${sql.unsafe(layerOrder)}
    ),
    listed as (
      select local_date, start_second, end_second, false as is_closure, null as calendar, null as name from own
      union all
      select d.local_date, d.start_second, d.end_second, d.is_closure, c.name, d.name
      from chosen join calendar_dates d using (calendar_id, local_date) join calendars c on c.id = d.calendar_id
    )
    select total, local_date::text as date, start_second, end_second, is_closure, calendar, name
    from (select count(distinct local_date)::int as total from listed) as counted
    left join (
      select * from listed where local_date in (
        select distinct local_date from listed
        where local_date > coalesce(${after}::date, '-infinity') order by local_date limit ${limit})
    ) as page on true
    order by local_date, start_second, end_second`,
    dateRow,
  );
  const dates: ExceptionDate[] = [];
  let hours: DayHours[] = [];
  for (const { date, startSecond, endSecond, isClosure, calendar, name } of rows) {
    // A page without dates.
    if (date === null || startSecond === null || endSecond === null) continue;
    if (dates.at(-1)?.date !== date) {
      hours = [];
      const source = calendar === null || name === null ? null : { calendar, name };
      dates.push({ date, effect: isClosure === true ? { closed: hours } : { hours }, from: source });
    }
    if (endSecond > startSecond) hours.push({ startSecond, endSecond });
  }
  return { dates, total: rows[0]?.total ?? 0 };
}
