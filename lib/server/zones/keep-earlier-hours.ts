import type { Db } from "@/db/client";
import {
  readEarlierHours,
  writeEarlierHours,
  type HoursFrom,
  type HoursReplacement,
  type PackedWeek,
} from "@/db/queries/bulk/earlier-hours";
import { readNewestPollAt } from "@/db/queries/bulk/fleet-state";
import { replaceFrom, type EarlierValue } from "@/lib/uptime/hours-history";
import { defaultTimeZone, localDateAt, resolveTimeZone } from "@/lib/uptime/time-zone";
import type { EpochMs } from "@/lib/uptime/types";

/** The first date of new hours; null: the beginning. @param byDefault called when none was given */
export function firstDateOf(from: HoursFrom, byDefault: () => string | null): string | null {
  if (from === "beginning") return null;
  return from === null ? byDefault() : from.date;
}

/** The local date of an instant, once per time zone. */
function datesAt(at: EpochMs): (timeZone: string | null) => string {
  const dates = new Map<string | null, string>();
  return (timeZone) => {
    const known = dates.get(timeZone);
    if (known !== undefined) return known;
    const zone = (timeZone === null ? null : resolveTimeZone(timeZone)) ?? defaultTimeZone;
    const date = localDateAt(zone, at);
    dates.set(timeZone, date);
    return date;
  };
}

/**
 * Keeps the hours that applied before the new ones do, as the earlier hours of their stores. Call it before the present
 * hours are replaced, with the stores' hours locked.
 * @returns the number of stores whose earlier hours changed
 */
export async function keepEarlierHours(
  db: Db,
  replacements: readonly (HoursReplacement & { readonly from: HoursFrom })[],
): Promise<number> {
  if (replacements.length === 0) return 0;
  const known = await readEarlierHours(
    db,
    replacements.map(({ storeKey }) => storeKey),
  );
  const newestAt = await readNewestPollAt(db);
  const dateIn = newestAt === null ? null : datesAt(newestAt);
  const changed = new Map<number, readonly EarlierValue<PackedWeek>[]>();
  for (const { storeKey, timeZone, present, next, from } of replacements) {
    const earlier = known.get(storeKey) ?? [];
    const isFirst = present === null && earlier.length === 0;
    const start = firstDateOf(from, () => (isFirst ? null : (dateIn?.(timeZone) ?? null)));
    const after = replaceFrom({ earlier, latest: present }, start, next, (one, other) => one === other).earlier;
    if (JSON.stringify(after) !== JSON.stringify(earlier)) changed.set(storeKey, after);
  }
  if (changed.size > 0) await writeEarlierHours(db, changed);
  return changed.size;
}
