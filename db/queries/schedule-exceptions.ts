import { and, eq } from "drizzle-orm";
import type { DbOrTx, SqlOrTx } from "@/db/client";
import { scheduleExceptions } from "@/db/schema/schedule-exceptions";
import type { DayHours } from "@/lib/uptime/types";

/** Dates of a store that have hours of their own, in order, each with its hours in order; none: closed. */
export async function readExceptions(
  sql: SqlOrTx,
  storeKey: number,
): Promise<ReadonlyMap<string, readonly DayHours[]>> {
  const rows = await sql<(DayHours & { readonly date: string })[]>`
    select local_date::text as date, start_second as "startSecond", end_second as "endSecond"
    from schedule_exceptions where store_key = ${storeKey} order by local_date, start_second, end_second`;
  const dates = new Map<string, DayHours[]>();
  for (const { date, startSecond, endSecond } of rows) {
    const hours = dates.get(date) ?? [];
    dates.set(date, hours);
    if (endSecond > startSecond) hours.push({ startSecond, endSecond });
  }
  return dates;
}

/** Forgets the hours of one date. @returns whether there were any */
export async function deleteException(db: DbOrTx, storeKey: number, date: string): Promise<boolean> {
  const deleted = await db
    .delete(scheduleExceptions)
    .where(and(eq(scheduleExceptions.storeKey, storeKey), eq(scheduleExceptions.localDate, date)))
    .returning({ date: scheduleExceptions.localDate });
  return deleted.length > 0;
}

/** Gives a date hours of its own; none: closed. Call with the store's row locked. */
export async function replaceException(
  db: DbOrTx,
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
