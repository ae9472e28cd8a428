import type { Db } from "@/db/client";
import {
  listHoursUntilAfter,
  readEarlierHours,
  writeEarlierHours,
  type EarlierHoursKey,
  type HoursFrom,
  type HoursReplacement,
  type KeptHours,
  type PackedWeek,
} from "@/db/queries/bulk/earlier-hours";
import { readNewestPollAt } from "@/db/queries/bulk/fleet-state";
import { mostHoursChanges } from "@/lib/contract/store-hours";
import { replaceFrom, replaceUntilNextChange, type EarlierValue, type History } from "@/lib/uptime/hours-history";
import { defaultTimeZone, localDateAt, resolveTimeZone } from "@/lib/uptime/time-zone";
import type { EpochMs } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

/** New hours of a store. */
interface NewValue<T> {
  readonly value: T;
  readonly from: HoursFrom;
  /** The store's local date. */
  readonly today: string;
  /** Whether they apply from the beginning when no date is given. */
  readonly isFirst: boolean;
}

/**
 * The hours of a store after a change. Those with a date apply from it on without end, and cancel later changes. Those
 * without one apply until the next change that is already planned.
 */
export function hoursAfter<T>(
  history: History<T>,
  { value, from, today, isFirst }: NewValue<T>,
  isSame: (one: T, other: T) => boolean,
): History<T> {
  if (from !== null) return replaceFrom(history, from === "beginning" ? null : from.date, value, isSame);
  return replaceUntilNextChange(history, isFirst ? null : today, today, value, isSame);
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

/** The earlier hours that apply at the newest poll, of stores for which other hours are planned. */
export async function findHoursBeforePlanned(db: Db, now: EpochMs = Date.now()): Promise<readonly EarlierHoursKey[]> {
  const at = (await readNewestPollAt(db)) ?? now;
  const dateIn = datesAt(at);
  // No zone is a whole day behind UTC.
  const dayBefore = new Date(at - dayMs).toISOString().slice(0, 10);
  const found = new Map<number, EarlierHoursKey>();
  for (const { storeKey, timeZone, validBefore } of await listHoursUntilAfter(db, dayBefore)) {
    if (validBefore > dateIn(timeZone) && !found.has(storeKey)) found.set(storeKey, { storeKey, validBefore });
  }
  return [...found.values()];
}

/** What new hours make of the earlier hours of stores. */
interface EarlierPlan extends Omit<KeptHours, "changed"> {
  /** The earlier hours of the stores for which they change. */
  readonly changed: ReadonlyMap<number, readonly EarlierValue<PackedWeek>[]>;
}

type Replacements = readonly (HoursReplacement & { readonly from: HoursFrom })[];

/**
 * Says what new hours make of the earlier hours of their stores, and changes nothing.
 * @param now the clock's ms, for the local date while there is no poll
 */
export async function planEarlierHours(
  db: Db,
  replacements: Replacements,
  now: EpochMs = Date.now(),
): Promise<EarlierPlan> {
  const changed = new Map<number, readonly EarlierValue<PackedWeek>[]>();
  const keepingLatest = new Set<number>();
  const full = new Set<number>();
  if (replacements.length === 0) return { changed, keepingLatest, full };
  const known = await readEarlierHours(
    db,
    replacements.map(({ storeKey }) => storeKey),
  );
  const newestAt = await readNewestPollAt(db);
  const dateIn = datesAt(newestAt ?? now);
  for (const { storeKey, timeZone, present, next, from } of replacements) {
    const earlier = known.get(storeKey) ?? [];
    const isFirst = earlier.length === 0 && (present === null || newestAt === null);
    const given = { value: next, from, today: dateIn(timeZone), isFirst };
    const after = hoursAfter({ earlier, latest: present }, given, (one, other) => one === other);
    if (after.earlier.length > Math.max(mostHoursChanges, earlier.length)) full.add(storeKey);
    else if (JSON.stringify(after.earlier) !== JSON.stringify(earlier)) changed.set(storeKey, after.earlier);
    if (full.has(storeKey) || after.latest !== next) keepingLatest.add(storeKey);
  }
  return { changed, keepingLatest, full };
}

/**
 * Keeps the hours that applied before the new ones do, as the earlier hours of their stores. Call it before the present
 * hours are replaced, with the stores' hours locked.
 * @param now as of `planEarlierHours`
 */
export async function keepEarlierHours(db: Db, replacements: Replacements, now?: EpochMs): Promise<KeptHours> {
  const { changed, ...kept } = await planEarlierHours(db, replacements, now);
  if (changed.size > 0) await writeEarlierHours(db, changed);
  return { ...kept, changed: new Set(changed.keys()) };
}
