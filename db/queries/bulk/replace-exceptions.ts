import type { Db } from "@/db/client";
import type { DateSpan } from "@/lib/uptime/business-hours";
import type { DayHours } from "@/lib/uptime/types";

/**
 * Gives every date of a span its own hours, for each of the stores. Call it with the stores locked.
 * @param hours none: closed; null: the special hours are removed
 */
export async function replaceExceptions(
  { sql }: Db,
  storeKeys: readonly number[],
  { first, last }: DateSpan,
  hours: readonly DayHours[] | null,
): Promise<void> {
  await sql`
    delete from schedule_exceptions
    where store_key = any(${[...storeKeys]}::int[]) and local_date between ${first}::date and ${last}::date`;
  if (hours === null) return;
  const rows = hours.length === 0 ? [{ startSecond: 0, endSecond: 0 }] : hours;
  await sql`
    insert into schedule_exceptions (store_key, local_date, start_second, end_second)
    select store_key, day::date, start_second, end_second
    from unnest(${[...storeKeys]}::int[]) as store_key
    cross join generate_series(${first}::date, ${last}::date, interval '1 day') as day
    cross join (
      select distinct * from unnest(${rows.map(({ startSecond }) => startSecond)}::int[],
        ${rows.map(({ endSecond }) => endSecond)}::int[]) as given (start_second, end_second)
    ) as hours`;
}
