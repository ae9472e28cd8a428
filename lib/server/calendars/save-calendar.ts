import type { Db } from "@/db/client";
import { replaceCalendarDates, replaceCalendarGrants } from "@/db/queries/bulk/calendar-changes";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { findStoreKeys } from "@/db/queries/bulk/store-keys";
import { countCalendars, findCalendarNamed, lockCalendars, saveCalendar } from "@/db/queries/calendars";
import { mostCalendars, type PutCalendar } from "@/lib/contract/calendars";
import type { CurrentViewer } from "@/lib/server/access/viewer";
import { AppError, type InputFault } from "@/lib/server/errors";
import { hourMs } from "@/lib/uptime/units";
import { mergeEntries, type CalendarDate } from "@/lib/uptime/calendar";
import { afterLastDate, expandEntries, firstDate, type ExpandedEntries } from "./expand-entries";
import { withFeedDates } from "./own-dates";

/** A calendar, valid as input, with its dates. */
export interface NewCalendar extends ExpandedEntries {
  readonly given: PutCalendar;
  /** The first date to which the change applies. */
  readonly from: string;
  /** Of a feed that is tried, rather than of the one that is stored. */
  readonly feedDates: readonly CalendarDate[] | null;
}

/** The date of the newest poll in the zone that is farthest behind. */
export async function earliestToday(db: Db): Promise<string> {
  const { asOf } = await readFleetState(db);
  return new Date(asOf - 12 * hourMs).toISOString().slice(0, 10);
}

/**
 * Reads a calendar's dates: holidays take seconds, so it is done before the transaction that saves them.
 * @throws AppError as `expandEntries`
 */
export async function prepareCalendar(db: Db, given: PutCalendar): Promise<NewCalendar> {
  const today = await earliestToday(db);
  const from = given.valid_from === "beginning" ? firstDate : (given.valid_from ?? today);
  return { given, from, feedDates: null, ...(await expandEntries(given.entries, from, today)) };
}

/** @throws AppError store_not_found, at its place in the request */
async function keysOf(tx: Db, viewer: CurrentViewer, storeIds: readonly string[]): Promise<readonly number[]> {
  const keys = await findStoreKeys(tx, storeIds, viewer.stores);
  const index = storeIds.findIndex((storeId) => !keys.has(storeId));
  if (index === -1) return [...keys.values()];
  const reason = `There is no store ${storeIds[index] ?? ""}.`;
  const faults: InputFault[] = [{ pointer: `/given_to/store_ids/${String(index)}`, code: "store_not_found", reason }];
  throw new AppError("store_not_found", reason, { faults });
}

/**
 * Saves a calendar in the open transaction. Dates before its first day stay as they were.
 * @param id null: a new one
 * @returns its id
 * @throws AppError calendar_name_taken, too_many_calendars, store_not_found
 */
export async function storeCalendar(
  tx: Db,
  viewer: CurrentViewer,
  id: number | null,
  { given, from, dates, feedDates }: NewCalendar,
): Promise<number> {
  await lockCalendars(tx);
  const others = await countCalendars(tx);
  if (id === null && others >= mostCalendars) {
    throw new AppError(
      "too_many_calendars",
      `There may be at most ${String(mostCalendars)} calendars. Delete one first.`,
    );
  }
  const named = await findCalendarNamed(tx, given.name);
  if (named !== null && named.id !== id) {
    const reason = `Calendar ${String(named.id)} has this name. Choose another one.`;
    throw new AppError("calendar_name_taken", reason, {
      faults: [{ pointer: "/name", code: "calendar_name_taken", reason }],
    });
  }
  const { all, brands, groups, store_ids: storeIds } = given.given_to;
  const storeKeys = await keysOf(tx, viewer, storeIds);
  const saved = await saveCalendar(tx, id, { name: given.name, entries: given.entries });
  const own = feedDates === null ? await withFeedDates(tx, saved, from, dates) : mergeEntries([feedDates, dates]);
  await replaceCalendarDates(tx, saved, from, own);
  await replaceCalendarGrants(tx, saved, from, afterLastDate, { all, brands, groups, storeKeys });
  return saved;
}
