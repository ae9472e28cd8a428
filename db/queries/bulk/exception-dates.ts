import type { Db } from "@/db/client";
import { as, orNull, readRows } from "@/db/rows";
import { scheduleExceptions } from "@/db/schema/schedule-exceptions";
import type { DayHours } from "@/lib/uptime/types";

const dateRow = {
  total: as.number,
  date: orNull(as.text),
  startSecond: orNull(scheduleExceptions.startSecond),
  endSecond: orNull(scheduleExceptions.endSecond),
};

/** Selects dates of a store that have their own hours. */
export interface ExceptionDates {
  readonly storeKey: number;
  /** Dates from this one on; null: all. */
  readonly from: string | null;
  /** Of those, the dates after this one; null: all. */
  readonly after: string | null;
  readonly limit: number;
}

/** @returns the dates in order, each with its hours in order (none: closed), and the number of dates from `from` on */
export async function readExceptions(
  { sql }: Db,
  { storeKey, from, after, limit }: ExceptionDates,
): Promise<{ readonly dates: ReadonlyMap<string, readonly DayHours[]>; readonly total: number }> {
  const ofStore = sql`store_key = ${storeKey} and local_date >= coalesce(${from}::date, '-infinity')`;
  const rows = await readRows(
    sql`
    select total, local_date::text as date, start_second, end_second
    from (select count(distinct local_date)::int as total from schedule_exceptions where ${ofStore}) as counted
    left join (
      select * from schedule_exceptions where store_key = ${storeKey} and local_date in (
        select distinct local_date from schedule_exceptions
        where ${ofStore} and local_date > coalesce(${after}::date, '-infinity') order by local_date limit ${limit})
    ) as page on true
    order by local_date, start_second, end_second`,
    dateRow,
  );
  const dates = new Map<string, DayHours[]>();
  for (const { date, startSecond, endSecond } of rows) {
    // A page without dates.
    if (date === null || startSecond === null || endSecond === null) continue;
    const hours = dates.get(date) ?? [];
    dates.set(date, hours);
    if (endSecond > startSecond) hours.push({ startSecond, endSecond });
  }
  return { dates, total: rows[0]?.total ?? 0 };
}
