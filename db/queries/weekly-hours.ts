import { asc, eq } from "drizzle-orm";
import { advisoryLocks, shareForTransaction } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { unpackWeekly } from "@/db/queries/bulk/schedule-codec";
import { businessHours } from "@/db/schema/business-hours";
import { earlierHours } from "@/db/schema/earlier-hours";
import { lockStores } from "./stores";
import { stores } from "@/db/schema/stores";
import { isAmong } from "@/db/store-set";
import type { EarlierValue } from "@/lib/uptime/hours-history";
import type { BusinessHours, DayOfWeek } from "@/lib/uptime/types";

/** What was given about a store's weekly hours. */
export interface GivenHours {
  readonly storeKey: number;
  readonly storeId: string;
  /** Null: none was given. */
  readonly timeZone: string | null;
  /** The latest ones, ascending by day and start; the row 0–0 marks a closed day. Null: none were given. */
  readonly weekly: readonly BusinessHours[] | null;
  /** Those that applied before a local date, in the same form, ascending by date. */
  readonly earlier: readonly EarlierValue<readonly BusinessHours[] | null>[];
}

const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];

/** The given hours of stores, in order of their ids. */
export async function readGivenHours(db: Db, storeKeys: readonly number[]): Promise<readonly GivenHours[]> {
  const { day, startSecond, endSecond } = businessHours;
  const { storeKey, storeId, timeZone } = stores;
  const rows = await db
    .select({ storeKey, storeId, timeZone, day, startSecond, endSecond })
    .from(stores)
    .leftJoin(businessHours, eq(businessHours.storeKey, storeKey))
    .where(isAmong(storeKey, storeKeys))
    .orderBy(asc(storeId), asc(day), asc(startSecond), asc(endSecond));
  const found = new Map<number, { storeId: string; timeZone: string | null; weekly: BusinessHours[] | null }>();
  for (const row of rows) {
    let store = found.get(row.storeKey);
    if (store === undefined) {
      found.set(row.storeKey, (store = { storeId: row.storeId, timeZone: row.timeZone, weekly: null }));
    }
    const rowDay = days[row.day ?? -1];
    if (rowDay === undefined || row.startSecond === null || row.endSecond === null) continue;
    (store.weekly ??= []).push({ day: rowDay, startSecond: row.startSecond, endSecond: row.endSecond });
  }
  const earlier = await readEarlierWeeks(db, storeKeys);
  return [...found].map(([key, store]) => ({ storeKey: key, ...store, earlier: earlier.get(key) ?? [] }));
}

async function readEarlierWeeks(
  db: Db,
  storeKeys: readonly number[],
): Promise<ReadonlyMap<number, GivenHours["earlier"]>> {
  const { storeKey, validBefore, hours } = earlierHours;
  const rows = await db
    .select({ key: storeKey, before: validBefore, hours })
    .from(earlierHours)
    .where(isAmong(storeKey, storeKeys))
    .orderBy(asc(storeKey), asc(validBefore));
  const found = new Map<number, EarlierValue<readonly BusinessHours[] | null>[]>();
  for (const { key, before, hours: packed } of rows) {
    const weeks = found.get(key) ?? [];
    found.set(key, weeks);
    weeks.push({ before, value: packed === null ? null : unpackWeekly(Buffer.from(packed)) });
  }
  return found;
}

/**
 * Locks the rows of stores until the transaction ends, in order of their keys, and waits for imports of hours: changes
 * of a store's hours are serialized.
 */
export async function lockHours(db: Db, storeKeys: readonly number[]): Promise<void> {
  await shareForTransaction(db, advisoryLocks.hours);
  await lockStores(db, storeKeys);
}
