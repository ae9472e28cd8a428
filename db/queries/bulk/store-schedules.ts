import { readCopy } from "@/db/copy-streams/copy-reader";
import type { Db } from "@/db/client";
import { as, readRows } from "@/db/rows";
import type { DateSpan } from "@/lib/uptime/business-hours";
import { packedLayers, readCalendars, storeCalendars } from "./calendar-layers";
import { packedHours, ScheduleDecoder, type GivenSchedule } from "./schedule-codec";

const endRow = { last: as.number, stores: as.number };

export interface StoreSchedule {
  readonly storeKey: number;
  readonly storeId: string;
  readonly schedule: GivenSchedule;
}

/** The stores with `after < key <= upTo`; only those among the keys, if keys are given, else only active ones. */
export interface StoreKeyRange {
  readonly storeKeys: readonly number[] | null;
  readonly after: number;
  readonly upTo: number;
}

const greatestKey = 2_147_483_647;

/** These stores; null: all active ones. */
export function allStores(storeKeys: readonly number[] | null): StoreKeyRange {
  return { storeKeys, after: 0, upTo: greatestKey };
}

/** A range in SQL. COPY accepts no parameters; the text contains only our own numbers. */
export function inKeyRange({ storeKeys, after, upTo }: StoreKeyRange): string {
  const these =
    storeKeys === null ? "" : ` and store_key = any('{${storeKeys.map((key) => key.toFixed(0)).join(",")}}')`;
  return `store_key > ${after.toFixed(0)} and store_key <= ${upTo.toFixed(0)}${these}`;
}

/**
 * Divides the known stores (null: all active ones), in order of key, into ranges of `size` stores, the last one possibly
 * smaller.
 * @returns the ranges, ascending, and the number of stores
 */
export async function splitStores(
  { sql }: Db,
  storeKeys: readonly number[] | null,
  size: number,
): Promise<{ readonly ranges: StoreKeyRange[]; readonly stores: number }> {
  const these =
    storeKeys === null ? sql`where lifecycle = 'active'` : sql`where store_key = any(${[...storeKeys]}::int4[])`;
  const ends = await readRows(
    sql`
    select max(store_key) as last, count(*)::int as stores
    from (select store_key, (row_number() over (order by store_key) - 1) / ${size}::int as part from stores ${these}) as cut
    group by part order by part`,
    endRow,
  );
  const lasts = ends.map(({ last }) => last);
  return {
    ranges: lasts.map((upTo, index) => ({
      storeKeys: storeKeys?.filter((key) => key > (lasts[index - 1] ?? 0) && key <= upTo) ?? null,
      after: lasts[index - 1] ?? 0,
      upTo,
    })),
    stores: ends.reduce((sum, { stores }) => sum + stores, 0),
  };
}

function selectSchedules(range: StoreKeyRange, { first, last }: DateSpan): string {
  // Repeated in each part: the planner does not push an `any` through a join into an aggregate.
  const these = inKeyRange(range);
  return `
    select store_key, store_id, time_zone, weekly.hours, exceptions.hours, earlier.hours, layers.packed from stores
    left join (
      select store_key, ${packedHours.weekly} as hours
      from business_hours where ${these} group by store_key
    ) as weekly using (store_key)
    left join (
      select store_key, ${packedHours.exceptions} as hours
      from schedule_exceptions where ${these} and local_date between '${first}' and '${last}' group by store_key
    ) as exceptions using (store_key)
    left join (
      select store_key, ${packedHours.earlier} as hours
      from earlier_hours where ${these} and valid_before > '${first}' group by store_key
    ) as earlier using (store_key)
    left join (
      select store_key, ${packedLayers} as packed from (${storeCalendars(these)}) as given
      where before_date > '${first}' and first_date <= '${last}' group by store_key
    ) as layers using (store_key)
    where ${these} ${range.storeKeys === null ? "and lifecycle = 'active'" : ""} order by store_key`;
}

/** Decodes the schedules of stores for some dates, with what their calendars say about those. */
export async function scheduleDecoder(tx: Db, dates: DateSpan): Promise<ScheduleDecoder> {
  return new ScheduleDecoder(await readCalendars(tx, dates));
}

/**
 * A range of the known stores with their given hours, ascending by key, in one query.
 * @param tx a transaction or a reserved connection
 * @param dates of the exceptions to read: a store may have one for each day of many years; weekly hours that applied only
 *   before them are left out
 * @param known the decoder for these dates, if several ranges share it
 */
export async function readSchedules(
  tx: Db,
  range: StoreKeyRange,
  dates: DateSpan,
  known: ScheduleDecoder | null = null,
): Promise<StoreSchedule[]> {
  const decoder = known ?? (await scheduleDecoder(tx, dates));
  const stores: StoreSchedule[] = [];
  const output = await tx.sql.unsafe(`copy (${selectSchedules(range, dates)}) to stdout (format binary)`).readable();
  await readCopy(output, 7, (bytes, fields) => {
    const field = (index: number): Buffer | null => {
      const start = fields[2 * index]!;
      const length = fields[2 * index + 1]!;
      return length === -1 ? null : bytes.subarray(start, start + length);
    };
    const schedule = decoder.decode(field(2)?.toString() ?? null, field(3), field(4), field(5), field(6));
    stores.push({ storeKey: bytes.readInt32BE(fields[0]), storeId: field(1)?.toString() ?? "", schedule });
  });
  return stores;
}
