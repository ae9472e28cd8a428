import type { Db } from "@/db/client";
import type { HoursFrom, PackedWeek } from "@/db/queries/bulk/earlier-hours";
import { replaceHours, type NewHours } from "@/db/queries/bulk/replace-hours";
import { packWeekly } from "@/db/queries/bulk/schedule-codec";
import { readGivenHours } from "@/db/queries/weekly-hours";
import { keepEarlierHours } from "@/lib/server/zones/keep-earlier-hours";
import type { BusinessHours } from "@/lib/uptime/types";

/** The new weekly hours of one store, and from when they apply. */
export interface HoursChange extends NewHours {
  readonly from: HoursFrom;
}

const packed = (weekly: readonly BusinessHours[] | null): PackedWeek =>
  weekly === null || weekly.length === 0 ? null : packWeekly(weekly).toString("hex");

/**
 * Makes weekly hours apply from a date on, and keeps what applied before it. Call it in the transaction of the change,
 * with the stores' hours locked by `lockHours`.
 */
export async function setHours(tx: Db, changes: readonly HoursChange[]): Promise<void> {
  const given = await readGivenHours(
    tx,
    changes.map(({ storeKey }) => storeKey),
  );
  const present = new Map(given.map((one) => [one.storeKey, one]));
  await keepEarlierHours(
    tx,
    changes.map(({ storeKey, weekly, from }) => {
      const { timeZone = null, weekly: latest = null } = present.get(storeKey) ?? {};
      return { storeKey, timeZone, present: packed(latest), next: packed(weekly), from };
    }),
  );
  await replaceHours(tx, changes);
}
