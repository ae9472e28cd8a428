import type { Db } from "@/db/client";
import { as, oneOf, orNull, readOneRow, readRows } from "@/db/rows";
import { calendars } from "@/db/schema/calendars";
import type { DateSpan } from "@/lib/uptime/business-hours";
import { decodeCalendars, type CalendarsById } from "./calendar-codec";

/**
 * The calendars of stores: those given to a store itself (rank 1), to its group (2), its brand (3) and to all stores (4).
 * @param stores the condition on `store_key`
 */
export function storeCalendars(stores: string): string {
  const given = (kind: string, rank: number, label: string): string => `
    select store_key, calendar_id, first_date, before_date, ${rank.toFixed(0)} as rank
    from stores join calendar_labels on kind = '${kind}'${label} where ${stores}`;
  return `
    select store_key, calendar_id, first_date, before_date, 1 as rank from calendar_stores where ${stores}
    union all ${given("group", 2, " and label = group_name")}
    union all ${given("brand", 3, " and label = brand")}
    union all ${given("all", 4, "")}`;
}

/** The order in which calendars apply: the more specific one first, then the one that was created last. */
export const layerOrder = "rank, calendar_id desc, first_date";

/** Packs rows of `storeCalendars`, in the order in which they apply. */
export const packedLayers = `string_agg(int4send(calendar_id) || date_send(first_date) || date_send(before_date), ''
  order by ${layerOrder})`;

/** Packs rows of `calendar_dates`; the end of a closed part is negative. */
export const packedCalendars = `string_agg(int4send(calendar_id) || date_send(local_date) || int4send(start_second)
  || int4send(case when is_closure then -end_second else end_second end), ''
  order by calendar_id, local_date, start_second, end_second)`;

const calendarsRow = { calendars: orNull(as.bytes) };

/** The dates of all calendars within a span. */
export async function readCalendars({ sql }: Db, { first, last }: DateSpan): Promise<CalendarsById> {
  const { calendars } = await readOneRow(
    sql`
    select ${sql.unsafe(packedCalendars)} as calendars
    from calendar_dates where local_date between ${first}::date and ${last}::date`,
    calendarsRow,
  );
  return decodeCalendars(calendars);
}

/** A calendar that a store follows, and how it was given. */
export interface FollowedCalendar {
  readonly id: number;
  readonly name: string;
  readonly givenBy: "store" | "group" | "brand" | "all";
}

const followedRow = {
  id: calendars.id,
  name: calendars.name,
  givenBy: oneOf("store", "group", "brand", "all"),
};

/**
 * The calendars that a store follows on a date or later, in the order in which they apply; each by the most specific way
 * in which it was given.
 */
export function readFollowedCalendars(
  { sql }: Db,
  storeKey: number,
  date: string,
): Promise<readonly FollowedCalendar[]> {
  // One text for all stores, so that it is prepared once.
  const given = storeCalendars("store_key = (select store_key from store)");
  return readRows(
    sql`
    with store as (select ${storeKey}::int as store_key)
    select c.id, c.name, (array['store', 'group', 'brand', 'all'])[f.rank] as given_by
    from (
      select calendar_id, min(rank) as rank from (${sql.unsafe(given)}) as layers
      where before_date > ${date}::date group by calendar_id
    ) as f join calendars c on c.id = f.calendar_id
    order by f.rank, c.id desc`,
    followedRow,
  );
}
