import { readCopy } from "@/db/copy/copy-reader";
import type { SqlOrTx } from "@/db/client";
import { packedHours, ScheduleDecoder, type GivenSchedule } from "./schedule-codec";

export interface StoreSchedule {
  readonly storeKey: number;
  readonly storeId: string;
  readonly schedule: GivenSchedule;
}

function selectSchedules(storeKeys: readonly number[] | null): string {
  // Repeated in each part: an `any` is not carried over a join into what was aggregated.
  const these =
    storeKeys === null ? "" : `where store_key = any('{${storeKeys.map((key) => key.toFixed(0)).join(",")}}')`;
  return `
    select store_key, store_id, time_zone, weekly.hours, exceptions.hours from stores
    left join (
      select store_key, ${packedHours.weekly} as hours
      from business_hours ${these} group by store_key
    ) as weekly using (store_key)
    left join (
      select store_key, ${packedHours.exceptions} as hours
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
  const decoder = new ScheduleDecoder();
  const output = await tx.unsafe(`copy (${selectSchedules(storeKeys)}) to stdout (format binary)`).readable();
  await readCopy(output, 5, (bytes, fields) => {
    const field = (index: number): Buffer | null => {
      const start = fields[2 * index]!;
      const length = fields[2 * index + 1]!;
      return length === -1 ? null : bytes.subarray(start, start + length);
    };
    const schedule = decoder.decode(field(2)?.toString() ?? null, field(3), field(4));
    stores.push({ storeKey: bytes.readInt32BE(fields[0]), storeId: field(1)?.toString() ?? "", schedule });
  });
  return stores;
}
