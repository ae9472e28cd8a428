import type { Database, Db } from "@/db/client";
import { replaceCalendarDates } from "@/db/queries/bulk/calendar-changes";
import { findCalendar, lockCalendars } from "@/db/queries/calendars";
import { findFeed } from "@/db/queries/calendar-feeds";
import { CalendarSchema } from "@/lib/contract/calendars";
import { AppError } from "@/lib/server/errors";
import { mergeEntries, type CalendarDate } from "@/lib/uptime/calendar";
import { expandEntries } from "./expand-entries";

/** The error of an unknown calendar. @param id null: not a number */
export function calendarNotFound(id: number | null): AppError {
  return new AppError("calendar_not_found", `There is no calendar ${id ?? "with this number"}.`);
}

/** The dates of a calendar from a date on: of its feed, and of its entries, which apply where both have one. */
export async function withFeedDates(
  db: Db,
  id: number,
  from: string,
  own: readonly CalendarDate[],
): Promise<readonly CalendarDate[]> {
  const feed = await findFeed(db, id);
  if (feed === null) return own;
  return mergeEntries([datesFrom(feed.dates, from > feed.firstDate ? from : feed.firstDate), own]);
}

export const datesFrom = (dates: readonly CalendarDate[], from: string): readonly CalendarDate[] =>
  dates.filter(({ date }) => date >= from);

/** The dates that the entries of a calendar give, and which version of it that is. */
export interface OwnDates {
  readonly id: number;
  readonly dates: readonly CalendarDate[];
  readonly changedAt: number;
}

/** Thrown when the entries of a calendar have changed since their dates were read. */
class EntriesChanged extends Error {}

/** @throws AppError calendar_not_found */
async function readOwnDates(db: Db, id: number | null, from: string, today: string): Promise<OwnDates> {
  const row = id === null ? null : await findCalendar(db, id);
  if (row === null) throw calendarNotFound(id);
  const entries = CalendarSchema.shape.entries.parse(row.entries);
  const { dates } = await expandEntries(entries, from, today);
  return { id: row.id, dates, changedAt: row.changedAt };
}

const mostTries = 5;

/**
 * Calls back with the dates of a calendar's entries. Reading them takes seconds, so it is done before the transaction
 * that changes the calendar, and done again when that finds another version (`replaceDates`).
 * @throws AppError calendar_not_found
 */
export async function withOwnDates<T>(
  database: Database,
  id: number | null,
  from: string,
  today: string,
  act: (own: OwnDates) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act(await readOwnDates(database, id, from, today));
    } catch (error) {
      if (!(error instanceof EntriesChanged) || tries === mostTries) throw error;
    }
  }
}

/** Keeps a calendar as it is until the transaction ends. @throws AppError calendar_not_found */
export async function requireUnchanged(tx: Db, { id, changedAt }: OwnDates): Promise<void> {
  await lockCalendars(tx);
  const row = await findCalendar(tx, id);
  if (row === null) throw calendarNotFound(id);
  if (row.changedAt !== changedAt) throw new EntriesChanged("The calendar changed while it was read.");
}

/** Writes the dates of a calendar from a date on, from its entries and its feed as they are now. */
export async function replaceDates(tx: Db, { id, dates }: OwnDates, from: string): Promise<void> {
  await replaceCalendarDates(tx, id, from, await withFeedDates(tx, id, from, dates));
}
