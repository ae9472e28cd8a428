import type { Db } from "@/db/client";
import { as, orNull, readRows } from "@/db/rows";
import { earlierHours } from "@/db/schema/earlier-hours";
import { stores } from "@/db/schema/stores";
import type { EarlierValue } from "@/lib/uptime/hours-history";

/** Weekly rows as hexadecimal text of `packedHours.weekly`. Null: none were given. */
export type PackedWeek = string | null;

/**
 * From which local date on new hours apply. Null: the beginning for a store without hours, else the date of the newest
 * poll in the store's zone; up to the next change that is already planned.
 */
export type HoursFrom = "beginning" | { readonly date: string } | null;

/** As it is stored and sent: `beginning`, a date, or nothing. */
export function hoursFromOf(text: string | null | undefined): HoursFrom {
  if (text === null || text === undefined || text === "beginning") return text ?? null;
  return { date: text };
}

/** A store whose hours are about to be replaced. */
export interface HoursReplacement {
  readonly storeKey: number;
  /** As given. */
  readonly timeZone: string | null;
  readonly present: PackedWeek;
  readonly next: PackedWeek;
}

/** What was done about the hours that applied before: keys of stores. */
export interface KeptHours {
  /** Their earlier hours changed. */
  readonly changed: ReadonlySet<number>;
  /** Their latest hours must stay: the new ones end at a planned change, or are refused. */
  readonly keepingLatest: ReadonlySet<number>;
  /** They would have more changes than the maximum: nothing was written for them. */
  readonly full: ReadonlySet<number>;
}

const earlierRow = { storeKey: earlierHours.storeKey, validBefore: as.text, hours: orNull(as.text) };

/** The earlier hours of stores, ascending by date; stores without any are left out. */
export async function readEarlierHours(
  { sql }: Db,
  storeKeys: readonly number[],
): Promise<ReadonlyMap<number, readonly EarlierValue<PackedWeek>[]>> {
  const rows = await readRows(
    sql`
    select store_key, valid_before::text as valid_before, encode(hours, 'hex') as hours
    from earlier_hours where store_key = any(${[...storeKeys]}::int[]) order by store_key, earlier_hours.valid_before`,
    earlierRow,
  );
  const found = new Map<number, EarlierValue<PackedWeek>[]>();
  for (const { storeKey, validBefore, hours } of rows) {
    const earlier = found.get(storeKey) ?? [];
    found.set(storeKey, earlier);
    earlier.push({ before: validBefore, value: hours });
  }
  return found;
}

/** A row of `earlier_hours`. */
export interface EarlierHoursKey {
  readonly storeKey: number;
  /** `YYYY-MM-DD` */
  readonly validBefore: string;
}

const plannedRow = { storeKey: earlierHours.storeKey, timeZone: stores.timeZone, validBefore: as.text };

/** Earlier hours that apply until a date later than `date`, ascending by store and date, with the zones of their stores. */
export function listHoursUntilAfter(
  { sql }: Db,
  date: string,
): Promise<readonly (EarlierHoursKey & { readonly timeZone: string | null })[]> {
  return readRows(
    sql`
    select store_key, time_zone, valid_before::text as valid_before from earlier_hours join stores using (store_key)
    where earlier_hours.valid_before > ${date}::date order by store_key, earlier_hours.valid_before`,
    plannedRow,
  );
}

/** Replaces the earlier hours of stores. */
export async function writeEarlierHours(
  { sql }: Db,
  stores: ReadonlyMap<number, readonly EarlierValue<PackedWeek>[]>,
): Promise<void> {
  await sql`delete from earlier_hours where store_key = any(${[...stores.keys()]}::int[])`;
  const rows = [...stores].flatMap(([storeKey, earlier]) => earlier.map((one) => ({ storeKey, ...one })));
  if (rows.length === 0) return;
  await sql`
    insert into earlier_hours (store_key, valid_before, hours)
    select store_key, valid_before::date, decode(hours, 'hex')
    from unnest(${rows.map(({ storeKey }) => storeKey)}::int[], ${rows.map(({ before }) => before)}::text[],
      ${rows.map(({ value }) => value)}::text[]) as given (store_key, valid_before, hours)`;
}
