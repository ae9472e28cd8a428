import type { Db } from "@/db/client";
import { readRows } from "@/db/rows";
import { stores } from "@/db/schema/stores";
import type { DateSpan } from "@/lib/uptime/business-hours";
import type { DayHours } from "@/lib/uptime/types";

const keyRow = { storeKey: stores.storeKey };

/**
 * Which of the stores do not have exactly these hours on every date of a span. Call it with the stores locked.
 * @param hours none: closed; null: no special hours
 */
export async function findStoresWithOtherExceptions(
  { sql }: Db,
  storeKeys: readonly number[],
  { first, last }: DateSpan,
  hours: readonly DayHours[] | null,
): Promise<ReadonlySet<number>> {
  const rows = hours?.length === 0 ? [{ startSecond: 0, endSecond: 0 }] : (hours ?? []);
  const found = await readRows(
    sql`
    with given as (
      select distinct * from unnest(${rows.map(({ startSecond }) => startSecond)}::int[],
        ${rows.map(({ endSecond }) => endSecond)}::int[]) as given (start_second, end_second)
    ), wanted as (
      select count(*) * (${last}::date - ${first}::date + 1) as rows from given
    )
    select s.store_key
    from unnest(${[...storeKeys]}::int[]) as s (store_key)
    left join schedule_exceptions e
      on e.store_key = s.store_key and e.local_date between ${first}::date and ${last}::date
    left join given g on g.start_second = e.start_second and g.end_second = e.end_second
    group by s.store_key
    having count(e.store_key) <> (select rows from wanted) or count(g.start_second) <> (select rows from wanted)`,
    keyRow,
  );
  return new Set(found.map(({ storeKey }) => storeKey));
}
