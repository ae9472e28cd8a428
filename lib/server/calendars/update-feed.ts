import type { Database } from "@/db/client";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { endFeed, tokenOf, type CalendarFeedRow, type ReadFeed } from "@/db/queries/calendar-feeds";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/lib/server/access/record-audit";
import { systemViewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { CalendarFault } from "@/lib/server/icalendar/calendar-fault";
import { nextReading } from "./feed-delay";
import type { Validators } from "./fetch-feed";
import { datesFrom, requireUnchanged, replaceDates, withOwnDates, type OwnDates } from "./own-dates";
import { readFeed, type FeedReading, type FeedSettings } from "./read-feed";
import { earliestToday } from "./save-calendar";

function tryReadFeed(text: string, settings: FeedSettings, today: string): FeedReading | { readonly reason: string } {
  try {
    return readFeed(text, settings, today);
  } catch (error) {
    if (error instanceof CalendarFault) return { reason: error.message };
    throw error;
  }
}

/**
 * Reads the text of a claimed feed, and gives its dates to the calendar where they differ. When they have applied
 * before, those before the present date stay as they were.
 * @returns `lost` when the claim no longer holds the feed, or it is deleted; the reason when the text is no calendar, which changes nothing
 * @throws AppError as `expandEntries`
 */
export async function updateFeed(
  database: Database,
  feed: CalendarFeedRow,
  { text, etag, lastModified }: { readonly text: string } & Validators,
): Promise<"updated" | "lost" | { readonly reason: string }> {
  const today = await earliestToday(database);
  const reading = tryReadFeed(text, feed, today);
  if ("reason" in reading) return reading;
  const isChanged = text !== feed.content || feed.lastChangedAt === null;
  const isFirst = feed.lastReadAt === null;
  const from = isFirst || feed.firstDate > today ? feed.firstDate : today;
  const isSame =
    !isFirst && JSON.stringify(datesFrom(feed.dates, from)) === JSON.stringify(datesFrom(reading.dates, from));
  const read: ReadFeed = { ...reading, content: text, etag, lastModified, isChanged };
  const write = (own: OwnDates): Promise<boolean> =>
    withTransaction(database, async (tx) => {
      await requireUnchanged(tx, own);
      if (!(await endFeed(tx, tokenOf(feed), nextReading(feed.url, Math.random()), read))) return false;
      if (isSame) return true;
      await replaceDates(tx, own, from);
      // What only the date has brought nearer is no change of the feed.
      if (isChanged) await recordAudit(tx, systemViewer, "feed.update", `calendar:${String(own.id)}`);
      await recordFleetChange(tx, null);
      return true;
    });
  try {
    if (!(await withOwnDates(database, feed.calendarId, from, today, write))) return "lost";
  } catch (error) {
    if (error instanceof AppError && error.code === "calendar_not_found") return "lost";
    throw error;
  }
  if (!isSame) await announceFleetChange(database);
  return "updated";
}
