import type { Database } from "@/db/client";
import { hoursFromOf, type HoursFrom } from "@/db/queries/bulk/earlier-hours";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { replaceZones } from "@/db/queries/bulk/replace-hours";
import { lockHours, readGivenHours, type GivenHours } from "@/db/queries/weekly-hours";
import type { HoursList, PutHours, PutStoreHours, StoreHours } from "@/lib/contract/store-hours";
import { changeAs, readSnapshotAs } from "@/lib/server/access/as-viewer";
import { recordAudits } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { etagOf, isMatch } from "@/lib/server/wire/etag";
import { hoursText } from "@/lib/server/wire/wall-time-text";
import type { BusinessHours } from "@/lib/uptime/types";
import { readTimeZone, readWeeklyHours } from "./hours-input";
import { setHours } from "./set-hours";
import { requireManagedStores, requireStore } from "./require-store";

function toRows(weekly: GivenHours["weekly"]): StoreHours["business_hours"] {
  if (weekly === null) return null;
  return weekly.map(({ day, ...hours }) =>
    hours.endSecond === 0 ? { day, closed: true } : { day, ...hoursText(hours) },
  );
}

function toStoreHours({ storeId, timeZone, weekly, earlier }: GivenHours): StoreHours {
  return {
    store_id: storeId,
    time_zone: timeZone,
    valid_from: earlier.at(-1)?.before ?? null,
    business_hours: toRows(weekly),
    earlier: earlier.map(({ before, value }, i) => ({
      valid_from: earlier[i - 1]?.before ?? null,
      valid_before: before,
      business_hours: toRows(value),
    })),
  };
}

const tagOf = (hours: StoreHours): string => etagOf(JSON.stringify(hours));

/** The weekly hours and the time zone that were given for a store. @throws AppError store_not_found */
export async function getStoreHours(database: Database, viewer: Viewer, storeId: string): Promise<StoreHours> {
  const { storeKey } = await requireStore(database, viewer, storeId);
  const [found] = await readSnapshotAs(database, viewer, (db) => readGivenHours(db, [storeKey]));
  if (found === undefined) throw new AppError("store_not_found", `There is no store ${storeId}.`);
  return toStoreHours(found);
}

/** New hours of one store, valid as input. */
interface Change {
  readonly storeId: string;
  readonly timeZone: string | null;
  readonly weekly: readonly BusinessHours[];
  readonly from: HoursFrom;
  /** The ETags of which the store's hours must have one; null: no condition. */
  readonly ifMatch: string | null;
}

type KeyedChange = Change & { readonly storeKey: number };

/** @param at the place of the hours in the request */
function readChange(storeId: string, hours: PutStoreHours, ifMatch: string | null, at = ""): Change {
  const { time_zone: zone, business_hours: rows } = hours;
  const timeZone = zone === null ? null : readTimeZone(zone, at);
  return { storeId, timeZone, weekly: readWeeklyHours(rows ?? [], at), from: hoursFromOf(hours.valid_from), ifMatch };
}

/** @throws AppError precondition_failed when hours are not those that the caller read */
function requireUnchanged(before: readonly GivenHours[], changes: readonly KeyedChange[]): void {
  const conditions = new Map(changes.map(({ storeKey, ifMatch }) => [storeKey, ifMatch]));
  for (const given of before) {
    const ifMatch = conditions.get(given.storeKey) ?? null;
    if (ifMatch === null || isMatch(ifMatch, tagOf(toStoreHours(given)))) continue;
    throw new AppError(
      "precondition_failed",
      `The hours of store ${given.storeId} have changed since you read them. Read them again; nothing was changed.`,
    );
  }
}

const pointerToId = (index: number): string => `/stores/${index}/store_id`;

const listedTwice = (reason: string, index: number): AppError =>
  new AppError("duplicate_store", reason, {
    faults: [{ pointer: pointerToId(index), code: "duplicate_store", reason }],
  });

/** @throws AppError duplicate_store when a store is listed under two of its ids */
function requireDistinct(changes: readonly (Change & { readonly storeKey: number })[]): void {
  const idOf = new Map<number, string>();
  for (const [index, { storeKey, storeId }] of changes.entries()) {
    const other = idOf.get(storeKey);
    if (other !== undefined) throw listedTwice(`${other} and ${storeId} are the same store.`, index);
    idOf.set(storeKey, storeId);
  }
}

/**
 * Applies changes, and records those of the stores whose hours differ afterwards.
 * @returns the hours afterwards, in the order of the changes
 */
async function apply(
  database: Database,
  viewer: Viewer,
  changes: readonly Change[],
  pointerTo: (index: number) => string | null,
): Promise<readonly GivenHours[]> {
  const { stored, isChanged } = await changeAs(database, viewer, async (tx, editor) => {
    const storeIds = changes.map(({ storeId }) => storeId);
    const keys = await requireManagedStores(tx, editor, storeIds, pointerTo);
    const keyed = changes.map((change) => ({ ...change, storeKey: keys.get(change.storeId) ?? 0 }));
    requireDistinct(keyed);
    const storeKeys = keyed.map(({ storeKey }) => storeKey);
    await lockHours(tx, storeKeys);
    const before = await readGivenHours(tx, storeKeys);
    requireUnchanged(before, keyed);
    await replaceZones(tx, keyed);
    await setHours(tx, keyed);
    const after = await readGivenHours(tx, storeKeys);
    const tags = new Map(before.map((given) => [given.storeId, tagOf(toStoreHours(given))]));
    const changed = after.filter((given) => tagOf(toStoreHours(given)) !== tags.get(given.storeId));
    if (changed.length > 0) {
      const subjects = changed.map(({ storeId }) => `store:${storeId}`);
      await recordAudits(tx, editor, "store.change", subjects);
      await recordFleetChange(tx, null);
    }
    const byKey = new Map(after.map((given) => [given.storeKey, given]));
    // By key: a store may have been named by an earlier id.
    return { stored: storeKeys.flatMap((key) => byKey.get(key) ?? []), isChanged: changed.length > 0 };
  });
  if (isChanged) await announceFleetChange(database);
  return stored;
}

/**
 * Replaces the weekly hours and the time zone of a store; the same ones change nothing.
 * @param ifMatch the header If-Match; null: no condition
 * @throws AppError store_not_found, invalid_zone, invalid_hours, too_many_hours_changes, precondition_failed
 */
export async function putStoreHours(
  database: Database,
  viewer: Viewer,
  storeId: string,
  hours: PutStoreHours,
  ifMatch: string | null,
): Promise<StoreHours> {
  const [stored] = await apply(database, viewer, [readChange(storeId, hours, ifMatch)], () => null);
  if (stored === undefined) throw new AppError("store_not_found", `There is no store ${storeId}.`);
  return toStoreHours(stored);
}

/**
 * Replaces the weekly hours and time zones of several stores: of all or of none.
 * @throws AppError store_not_found, duplicate_store, invalid_zone, invalid_hours, too_many_hours_changes,
 * precondition_failed
 */
export async function putHours(database: Database, viewer: Viewer, stores: PutHours["stores"]): Promise<HoursList> {
  const changes = new Map<string, Change>();
  for (const [index, { store_id: storeId, etag, ...hours }] of stores.entries()) {
    const at = `/stores/${index}`;
    if (changes.has(storeId)) throw listedTwice(`Store ${storeId} is listed twice.`, index);
    changes.set(storeId, readChange(storeId, hours, etag ?? null, at));
  }
  const stored = await apply(database, viewer, [...changes.values()], pointerToId);
  return { stores: stored.map(toStoreHours).map((hours) => ({ ...hours, etag: tagOf(hours) })) };
}
