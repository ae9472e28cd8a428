import type { Database, Db } from "@/db/client";
import { announceFleetChange, readFleetState, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import {
  announceFeeds,
  deleteFeed,
  findFeed,
  makeFeedDue,
  recordFeed,
  setFeed,
  type CalendarFeedRow,
} from "@/db/queries/calendar-feeds";
import { findCalendar } from "@/db/queries/calendars";
import { previewedDates } from "@/lib/contract/calendars";
import type { CalendarFeed, PutFeed } from "@/lib/contract/calendar-feeds";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { hourMs } from "@/lib/uptime/units";
import { toPreviewedDate } from "./preview-date";
import { firstDate } from "./expand-entries";
import { fileSeconds } from "./feed-delay";
import { calendarNotFound, datesFrom, requireUnchanged, replaceDates, withOwnDates } from "./own-dates";
import { readFeedAddress } from "./feed-address";
import { readFile, readFeedZone } from "./read-file";
import { earliestToday } from "./save-calendar";

/**
 * The first date of a feed, which is not in the future: its events have dates, and until a future one those of the feed
 * before it would have to be kept.
 * @throws AppError invalid_valid_from
 */
async function readFirstDate(db: Db, given: PutFeed["valid_from"], today: string): Promise<string> {
  if (given === undefined || given === "beginning") return given === undefined ? today : firstDate;
  const { asOf } = await readFleetState(db);
  const latest = new Date(asOf + 14 * hourMs).toISOString().slice(0, 10);
  if (given <= latest) return given;
  const reason = `Must not be after ${latest}, the present date. Events of a feed have dates of their own.`;
  throw new AppError("invalid_valid_from", reason, {
    faults: [{ pointer: "/valid_from", code: "invalid_valid_from", reason }],
  });
}

function toFeed(row: CalendarFeedRow, today: string): CalendarFeed {
  const { calendarId, url, meaning, timeZone, dates } = row;
  return {
    ...{ calendar_id: calendarId, source: url === null ? "file" : "address", url, meaning, time_zone: timeZone },
    ...{ valid_from: row.firstDate, total_dates: dates.length },
    dates: datesFrom(dates, today).slice(0, previewedDates).map(toPreviewedDate),
    ...{ warnings: [...row.warnings], warning_count: row.warningCount },
    ...{ last_read_at: isoOrNull(row.lastReadAt), last_changed_at: isoOrNull(row.lastChangedAt) },
    ...{
      last_error: row.lastError,
      last_error_at: isoOrNull(row.lastErrorAt),
      next_read_at: isoInstant(row.nextReadAt),
    },
  };
}

/** @throws AppError calendar_not_found, feed_not_found */
async function requireFeed(db: Db, id: number | null): Promise<CalendarFeedRow> {
  const feed = id === null ? null : await findFeed(db, id);
  if (feed !== null) return feed;
  if (id === null || (await findCalendar(db, id)) === null) throw calendarNotFound(id);
  throw new AppError("feed_not_found", `Calendar ${String(id)} has no feed.`);
}

/** @throws AppError calendar_not_found, feed_not_found */
export async function getFeed(db: Db, viewer: Viewer, id: number | null): Promise<CalendarFeed> {
  requireFleet(viewer);
  return toFeed(await requireFeed(db, id), await earliestToday(db));
}

/**
 * Sets where dates of a calendar come from. A file is read at once; an address by the worker, and the dates of what was
 * set before stay until then.
 * @throws AppError calendar_not_found, feed_url_not_allowed, invalid_icalendar, invalid_zone, invalid_valid_from
 */
export async function putFeed(
  database: Database,
  viewer: Viewer,
  id: number | null,
  given: PutFeed,
): Promise<CalendarFeed> {
  const today = await earliestToday(database);
  const from = await readFirstDate(database, given.valid_from, today);
  const url = given.url === undefined ? null : await readFeedAddress(given.url);
  const reading = given.file === undefined ? null : readFile(given, given.file, "", today);
  const source = {
    ...{ url, content: given.file ?? null, meaning: given.meaning, timeZone: readFeedZone(given.time_zone, "") },
    firstDate: from,
  };
  const feed = await withOwnDates(database, id, from, today, (own) =>
    changeAs(database, viewer, async (tx, current) => {
      requireFleet(current);
      await requireUnchanged(tx, own);
      await setFeed(tx, own.id, source);
      if (reading !== null) {
        const validators = { etag: null, lastModified: null };
        await recordFeed(tx, own.id, fileSeconds, {
          ...reading,
          ...validators,
          content: source.content,
          isChanged: true,
        });
        await replaceDates(tx, own, from);
      }
      await recordAudit(tx, current, "feed.set", `calendar:${String(own.id)}`);
      const saved = await requireFeed(tx, own.id);
      if (reading !== null) await recordFleetChange(tx, null);
      return toFeed(saved, today);
    }),
  );
  await (reading === null ? announceFeeds(database) : announceFleetChange(database));
  return feed;
}

/** Has a feed read again at once, by the worker. @throws AppError calendar_not_found, feed_not_found */
export async function refreshFeed(database: Database, viewer: Viewer, id: number | null): Promise<CalendarFeed> {
  return changeAs(database, viewer, async (tx, current) => {
    requireFleet(current);
    const { calendarId } = await requireFeed(tx, id);
    await makeFeedDue(tx, calendarId);
    await announceFeeds(tx);
    return toFeed(await requireFeed(tx, calendarId), await earliestToday(tx));
  });
}

/**
 * Deletes a feed: its dates from the present one on no longer apply; earlier ones stay.
 * @throws AppError calendar_not_found, feed_not_found
 */
export async function removeFeed(database: Database, viewer: Viewer, id: number | null): Promise<void> {
  const today = await earliestToday(database);
  await withOwnDates(database, id, today, today, (own) =>
    changeAs(database, viewer, async (tx, current) => {
      requireFleet(current);
      await requireUnchanged(tx, own);
      await requireFeed(tx, own.id);
      await deleteFeed(tx, own.id);
      await replaceDates(tx, own, today);
      await recordAudit(tx, current, "feed.remove", `calendar:${String(own.id)}`);
      await recordFleetChange(tx, null);
    }),
  );
  await announceFleetChange(database);
}
