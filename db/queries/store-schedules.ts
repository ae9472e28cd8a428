import { readCopy } from "@/db/copy/copy-reader";
import type { SqlOrTx } from "@/db/client";
import type { BusinessHours, DayHours, DayOfWeek, ScheduleException } from "@/lib/uptime/types";

/** What was given about when a store is open. Stores of which the same was given share one object. */
export interface GivenSchedule {
  /** Null: no zone was given. */
  readonly timeZone: string | null;
  /** Ascending by day and start; empty: no hours were given. */
  readonly weekly: readonly BusinessHours[];
  /** Ascending by date. */
  readonly exceptions: readonly ScheduleException[];
}

export interface StoreSchedule {
  readonly storeKey: number;
  readonly storeId: string;
  readonly schedule: GivenSchedule;
}

const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
const weeklyBytes = 10;
const exceptionBytes = 12;
/** 2000-01-01, from which the server counts dates, in ms since 1970. */
const firstDateMs = 946_684_800_000;

function decodeWeekly(bytes: Buffer): BusinessHours[] {
  const rows: BusinessHours[] = [];
  for (let start = 0; start < bytes.length; start += weeklyBytes) {
    const day = days[bytes.readInt16BE(start)];
    if (day === undefined) throw new Error("A day of the week outside 0 to 6.");
    rows.push({ day, startSecond: bytes.readInt32BE(start + 2), endSecond: bytes.readInt32BE(start + 6) });
  }
  return rows;
}

function decodeExceptions(bytes: Buffer): ScheduleException[] {
  const hoursOfDate = new Map<string, DayHours[]>();
  for (let start = 0; start < bytes.length; start += exceptionBytes) {
    const date = new Date(firstDateMs + bytes.readInt32BE(start) * 86_400_000).toISOString().slice(0, 10);
    const hours = hoursOfDate.get(date) ?? [];
    hoursOfDate.set(date, hours);
    const endSecond = bytes.readInt32BE(start + 8);
    // The row 0–0 says closed.
    if (endSecond > 0) hours.push({ startSecond: bytes.readInt32BE(start + 4), endSecond });
  }
  return [...hoursOfDate].map(([date, hours]) => ({ date, hours }));
}

function selectSchedules(storeKeys: readonly number[] | null): string {
  // Repeated in each part: an `any` is not carried over a join into what was aggregated.
  const these =
    storeKeys === null ? "" : `where store_key = any('{${storeKeys.map((key) => key.toFixed(0)).join(",")}}')`;
  return `
    select store_key, store_id, time_zone, weekly.hours, exceptions.hours from stores
    left join (
      select store_key, string_agg(int2send(day) || int4send(start_second) || int4send(end_second), ''
        order by day, start_second, end_second) as hours
      from business_hours ${these} group by store_key
    ) as weekly using (store_key)
    left join (
      select store_key, string_agg(date_send(local_date) || int4send(start_second) || int4send(end_second), ''
        order by local_date, start_second, end_second) as hours
      from schedule_exceptions ${these} group by store_key
    ) as exceptions using (store_key)
    ${these} order by store_key`;
}

/**
 * The known stores (null: all of them) with what was given about their hours, ascending by key, in one query. A fleet
 * has far fewer schedules than stores: each is decoded once.
 * @param tx a transaction or a reserved connection
 */
export async function readSchedules(tx: SqlOrTx, storeKeys: readonly number[] | null): Promise<StoreSchedule[]> {
  const stores: StoreSchedule[] = [];
  const known = new Map<string, GivenSchedule>();
  const output = await tx.unsafe(`copy (${selectSchedules(storeKeys)}) to stdout (format binary)`).readable();
  await readCopy(output, 5, (bytes, fields) => {
    const field = (index: number): Buffer | null => {
      const start = fields[2 * index]!;
      const length = fields[2 * index + 1]!;
      return length === -1 ? null : bytes.subarray(start, start + length);
    };
    const weekly = field(3);
    const exceptions = field(4);
    const timeZone = field(2)?.toString() ?? null;
    const content = [timeZone ?? "", weekly?.toString("latin1") ?? "", exceptions?.toString("latin1") ?? ""];
    // Neither a zone's name nor the lengths before them let two contents run into one.
    const key = `${String(content[1]!.length)} ${String(content[0]!.length)} ${content.join("")}`;
    let schedule = known.get(key);
    if (schedule === undefined) {
      schedule = {
        timeZone,
        weekly: weekly === null ? [] : decodeWeekly(weekly),
        exceptions: exceptions === null ? [] : decodeExceptions(exceptions),
      };
      known.set(key, schedule);
    }
    stores.push({ storeKey: bytes.readInt32BE(fields[0]), storeId: field(1)?.toString() ?? "", schedule });
  });
  return stores;
}
