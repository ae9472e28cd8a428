import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { scheduleExceptions } from "@/db/schema/schedule-exceptions";
import type { DayHours } from "@/lib/uptime/types";

/** Which dates of a store that have hours of their own. */
export interface ExceptionDates {
  readonly storeKey: number;
  /** Dates from this one on; null: all. */
  readonly from: string | null;
  /** Of those, the dates after this one; null: all. */
  readonly after: string | null;
  readonly limit: number;
}

/** @returns the dates in order, each with its hours in order (none: closed), and how many there are from `from` on */
export async function readExceptions(
  { sql }: Db,
  { storeKey, from, after, limit }: ExceptionDates,
): Promise<{ readonly dates: ReadonlyMap<string, readonly DayHours[]>; readonly total: number }> {
  const ofStore = sql`store_key = ${storeKey} and local_date >= coalesce(${from}::date, '-infinity')`;
  const rows = await sql<(DayHours & { readonly date: string | null; readonly total: number })[]>`
    select total, local_date::text as date, start_second as "startSecond", end_second as "endSecond"
    from (select count(distinct local_date)::int as total from schedule_exceptions where ${ofStore}) as counted
    left join (
      select * from schedule_exceptions where store_key = ${storeKey} and local_date in (
        select distinct local_date from schedule_exceptions
        where ${ofStore} and local_date > coalesce(${after}::date, '-infinity') order by local_date limit ${limit})
    ) as page on true
    order by local_date, start_second, end_second`;
  const dates = new Map<string, DayHours[]>();
  for (const { date, startSecond, endSecond } of rows) {
    // A page without dates.
    if (date === null) continue;
    const hours = dates.get(date) ?? [];
    dates.set(date, hours);
    if (endSecond > startSecond) hours.push({ startSecond, endSecond });
  }
  return { dates, total: rows[0]?.total ?? 0 };
}

/** Forgets the hours of one date. @returns whether there were any */
export async function deleteException(db: Db, storeKey: number, date: string): Promise<boolean> {
  const deleted = await db
    .delete(scheduleExceptions)
    .where(and(eq(scheduleExceptions.storeKey, storeKey), eq(scheduleExceptions.localDate, date)))
    .returning({ date: scheduleExceptions.localDate });
  return deleted.length > 0;
}

/** Gives a date hours of its own; none: closed. Call with the store's row locked. */
export async function replaceException(
  db: Db,
  storeKey: number,
  date: string,
  hours: readonly DayHours[],
): Promise<void> {
  await deleteException(db, storeKey, date);
  const rows = hours.length === 0 ? [{ startSecond: 0, endSecond: 0 }] : hours;
  await db
    .insert(scheduleExceptions)
    .values(rows.map(({ startSecond, endSecond }) => ({ storeKey, localDate: date, startSecond, endSecond })))
    .onConflictDoNothing();
}
