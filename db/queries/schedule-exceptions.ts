import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { scheduleExceptions } from "@/db/schema/schedule-exceptions";
import type { DayHours } from "@/lib/uptime/types";

/** Deletes the hours of one date. @returns whether there were any */
export async function deleteException(db: Db, storeKey: number, date: string): Promise<boolean> {
  const deleted = await db
    .delete(scheduleExceptions)
    .where(and(eq(scheduleExceptions.storeKey, storeKey), eq(scheduleExceptions.localDate, date)))
    .returning({ date: scheduleExceptions.localDate });
  return deleted.length > 0;
}

/** Gives a date its own hours; none: closed. Call with the store's row locked. */
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
