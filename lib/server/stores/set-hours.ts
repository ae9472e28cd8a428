import type { Db } from "@/db/client";
import type { HoursFrom, PackedWeek } from "@/db/queries/bulk/earlier-hours";
import { replaceHours, type NewHours } from "@/db/queries/bulk/replace-hours";
import { packWeekly } from "@/db/queries/bulk/schedule-codec";
import { readGivenHours } from "@/db/queries/weekly-hours";
import { AppError } from "@/lib/server/errors";
import { keepEarlierHours } from "@/lib/server/zones/keep-earlier-hours";
import { mostHoursChanges } from "@/lib/contract/store-hours";
import type { BusinessHours } from "@/lib/uptime/types";

/** The new weekly hours of one store, and from when they apply. */
export interface HoursChange extends NewHours {
  readonly from: HoursFrom;
}

const packed = (weekly: readonly BusinessHours[] | null): PackedWeek =>
  weekly === null || weekly.length === 0 ? null : packWeekly(weekly).toString("hex");

/**
 * Makes weekly hours apply from a date on, and keeps what applied before it. Call it in the transaction of the change,
 * with the stores' hours locked by `lockHours`. Writes only what differs. @throws AppError too_many_hours_changes
 */
export async function setHours(tx: Db, changes: readonly HoursChange[]): Promise<void> {
  const given = await readGivenHours(
    tx,
    changes.map(({ storeKey }) => storeKey),
  );
  const stored = new Map(given.map((one) => [one.storeKey, one]));
  const replacements = changes.map(({ storeKey, weekly, from }) => {
    const { timeZone = null, weekly: latest = null } = stored.get(storeKey) ?? {};
    return { storeKey, timeZone, present: packed(latest), next: packed(weekly), from, weekly };
  });
  const { keepingLatest, full } = await keepEarlierHours(tx, replacements);
  const [refused] = full;
  if (refused !== undefined) {
    throw new AppError(
      "too_many_hours_changes",
      `The hours of store ${stored.get(refused)?.storeId ?? ""} have changed on ${mostHoursChanges} dates, the maximum. Set hours from an earlier date, or from the beginning: they replace the changes after it. Nothing was changed.`,
    );
  }
  const isOther = ({ present, next }: (typeof replacements)[number]): boolean => present !== next;
  await replaceHours(
    tx,
    replacements.filter((one) => isOther(one) && !keepingLatest.has(one.storeKey)),
  );
}
