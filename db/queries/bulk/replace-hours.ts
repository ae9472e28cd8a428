import type { Db } from "@/db/client";
import type { BusinessHours } from "@/lib/uptime/types";

/** The new weekly hours of one store. */
export interface NewHours {
  readonly storeKey: number;
  /** The row 0–0 marks a closed day. Empty: none are given. */
  readonly weekly: readonly BusinessHours[];
}

/** Replaces the latest weekly hours of stores. Call with their hours locked. */
export async function replaceHours({ sql }: Db, stores: readonly NewHours[]): Promise<void> {
  const rows = stores.flatMap(({ storeKey, weekly }) => weekly.map((row) => ({ storeKey, ...row })));
  await sql`delete from business_hours where store_key = any(${stores.map(({ storeKey }) => storeKey)}::int[])`;
  await sql`delete from hours_warnings where store_key = any(${stores.map(({ storeKey }) => storeKey)}::int[])`;
  if (rows.length === 0) return;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select distinct * from unnest(${rows.map(({ storeKey }) => storeKey)}::int[], ${rows.map(({ day }) => day)}::smallint[],
      ${rows.map(({ startSecond }) => startSecond)}::int[], ${rows.map(({ endSecond }) => endSecond)}::int[])`;
}

/** Sets the time zones of stores; null: none is given. */
export async function replaceZones(
  { sql }: Db,
  stores: readonly { readonly storeKey: number; readonly timeZone: string | null }[],
): Promise<void> {
  await sql`
    update stores as s set time_zone = given.time_zone
    from unnest(${stores.map(({ storeKey }) => storeKey)}::int[], ${stores.map(({ timeZone }) => timeZone)}::text[])
      as given (store_key, time_zone)
    where s.store_key = given.store_key and s.time_zone is distinct from given.time_zone`;
}
