import type { Db } from "@/db/client";
import type { HoursFrom, PackedWeek } from "@/db/queries/bulk/earlier-hours";
import { replaceHours, type NewHours } from "@/db/queries/bulk/replace-hours";
import { packWeekly } from "@/db/queries/bulk/schedule-codec";
import { readGivenHours } from "@/db/queries/weekly-hours";
import { AppError } from "@/lib/server/errors";
import { keepEarlierHours, planEarlierHours } from "@/lib/server/zones/keep-earlier-hours";
import { mostHoursChanges } from "@/lib/contract/store-hours";
import type { BusinessHours } from "@/lib/uptime/types";

/** The new weekly hours of one store, and from when they apply. */
export interface HoursChange extends NewHours {
  readonly from: HoursFrom;
}

const packed = (weekly: readonly BusinessHours[] | null): PackedWeek =>
  weekly === null || weekly.length === 0 ? null : packWeekly(weekly).toString("hex");

/** New hours beside those that are stored. */
async function readReplacements(tx: Db, changes: readonly HoursChange[]) {
  const given = await readGivenHours(
    tx,
    changes.map(({ storeKey }) => storeKey),
  );
  const stored = new Map(given.map((one) => [one.storeKey, one]));
  return changes.map(({ storeKey, weekly, from }) => {
    const { storeId = "", timeZone = null, weekly: latest = null } = stored.get(storeKey) ?? {};
    return { storeKey, storeId, timeZone, present: packed(latest), next: packed(weekly), from, weekly };
  });
}

/** What a change of hours would do, by keys of stores. */
export interface HoursPlan {
  /** The hours of these stores would differ. */
  readonly changing: ReadonlySet<number>;
  /** The hours of these stores have changed on as many dates as they may. */
  readonly full: ReadonlySet<number>;
}

/** Says what `setHours` would do. Call it with the stores' hours locked by `lockHours`. */
export async function planHours(tx: Db, changes: readonly HoursChange[]): Promise<HoursPlan> {
  const replacements = await readReplacements(tx, changes);
  const { changed, keepingLatest, full } = await planEarlierHours(tx, replacements);
  const changing = replacements
    .filter(({ storeKey, present, next }) => {
      return changed.has(storeKey) || (present !== next && !keepingLatest.has(storeKey));
    })
    .map(({ storeKey }) => storeKey);
  return { changing: new Set(changing), full };
}

/**
 * Makes weekly hours apply from a date on, and keeps what applied before it. Call it in the transaction of the change,
 * with the stores' hours locked by `lockHours`. Writes only what differs. @throws AppError too_many_hours_changes
 */
export async function setHours(tx: Db, changes: readonly HoursChange[]): Promise<void> {
  const replacements = await readReplacements(tx, changes);
  const { keepingLatest, full } = await keepEarlierHours(tx, replacements);
  const refused = replacements.find(({ storeKey }) => full.has(storeKey));
  if (refused !== undefined) {
    throw new AppError(
      "too_many_hours_changes",
      `The hours of store ${refused.storeId} have changed on ${mostHoursChanges} dates, the maximum. Set hours from an earlier date, or from the beginning: they replace the changes after it. Nothing was changed.`,
    );
  }
  await replaceHours(
    tx,
    replacements.filter(({ storeKey, present, next }) => present !== next && !keepingLatest.has(storeKey)),
  );
}
