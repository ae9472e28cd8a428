import type { Database, Db } from "@/db/client";
import { countCalendarStores } from "@/db/queries/bulk/calendar-changes";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import {
  lockCalendars,
  deleteCalendar,
  findCalendar,
  listCalendars,
  readCalendarGrants,
  type CalendarRow,
} from "@/db/queries/calendars";
import { CalendarSchema, type Calendar, type CalendarList, type PutCalendar } from "@/lib/contract/calendars";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireFleet, type CurrentViewer, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { etagOf, isMatch } from "@/lib/server/wire/etag";
import { isoInstant } from "@/lib/server/wire/instants";
import { afterLastDate } from "./expand-entries";
import { calendarNotFound } from "./own-dates";
import { prepareCalendar, storeCalendar, type NewCalendar } from "./save-calendar";

async function toCalendar(db: Db, { id, name, entries, changedAt }: CalendarRow): Promise<Calendar> {
  const { all, brands, groups, storeIds } = await readCalendarGrants(db, id, afterLastDate);
  return CalendarSchema.parse({
    ...{ id, name, entries, changed_at: isoInstant(changedAt) },
    given_to: { all, brands, groups, store_ids: storeIds },
  });
}

/** @throws AppError calendar_not_found */
async function requireCalendar(db: Db, id: number | null): Promise<Calendar> {
  const row = id === null ? null : await findCalendar(db, id);
  if (row === null) throw calendarNotFound(id);
  return toCalendar(db, row);
}

export async function getCalendars(db: Db, viewer: Viewer): Promise<CalendarList> {
  requireFleet(viewer);
  const stores = await countCalendarStores(db, afterLastDate);
  const rows = await listCalendars(db);
  return {
    calendars: rows.map(({ id, name, entries, changedAt }) => ({
      ...{ id, name, entries: entries.length },
      ...{ stores: stores.get(id) ?? 0, changed_at: isoInstant(changedAt) },
    })),
  };
}

/** @throws AppError calendar_not_found */
export async function getCalendar(db: Db, viewer: Viewer, id: number | null): Promise<Calendar> {
  requireFleet(viewer);
  return requireCalendar(db, id);
}

/** Creates a calendar. @throws AppError as `storeCalendar` */
export async function createCalendar(tx: Db, viewer: CurrentViewer, calendar: NewCalendar): Promise<Calendar> {
  requireFleet(viewer);
  const id = await storeCalendar(tx, viewer, null, calendar);
  await recordAudit(tx, viewer, "calendar.create", `calendar:${String(id)}`);
  const created = await requireCalendar(tx, id);
  await recordFleetChange(tx, null);
  // Sent when the transaction is committed.
  await announceFleetChange(tx);
  return created;
}

/**
 * Replaces a calendar, from a date on.
 * @param ifMatch the header If-Match; null: no condition
 * @throws AppError calendar_not_found, precondition_failed, and as `prepareCalendar` and `storeCalendar`
 */
export async function putCalendar(
  database: Database,
  viewer: Viewer,
  id: number | null,
  body: PutCalendar,
  ifMatch: string | null,
): Promise<Calendar> {
  const calendar = await prepareCalendar(database, body);
  const stored = await changeAs(database, viewer, async (tx, current) => {
    requireFleet(current);
    await lockCalendars(tx);
    const before = await requireCalendar(tx, id);
    if (ifMatch !== null && !isMatch(ifMatch, etagOf(JSON.stringify(before)))) {
      const reason = "The calendar has changed since you read it. Read it again; nothing was changed.";
      throw new AppError("precondition_failed", reason);
    }
    await storeCalendar(tx, current, before.id, calendar);
    await recordAudit(tx, current, "calendar.change", `calendar:${String(before.id)}`);
    const after = await requireCalendar(tx, before.id);
    await recordFleetChange(tx, null);
    return after;
  });
  await announceFleetChange(database);
  return stored;
}

/** Deletes a calendar and its effect, on past dates too. @throws AppError calendar_not_found */
export async function removeCalendar(database: Database, viewer: Viewer, id: number | null): Promise<void> {
  await changeAs(database, viewer, async (tx, current) => {
    requireFleet(current);
    await lockCalendars(tx);
    if (id === null || !(await deleteCalendar(tx, id))) throw calendarNotFound(id);
    await recordAudit(tx, current, "calendar.remove", `calendar:${String(id)}`);
    await recordFleetChange(tx, null);
  });
  await announceFleetChange(database);
}
