import type { Database } from "@/db/client";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { endFeed, tokenOf, type CalendarFeedRow, type ReadFeed } from "@/db/queries/calendar-feeds";
import { withTransaction } from "@/db/transaction";
import { recordAudit } from "@/lib/server/access/record-audit";
import { systemViewer } from "@/lib/server/access/viewer";
import { nextReading } from "./feed-delay";
import type { Validators } from "./fetch-feed";
import { datesFrom, lockCalendar, replaceDates, withOwnDates } from "./own-dates";
import { readFeed } from "./read-feed";
import { earliestToday } from "./save-calendar";

/**
 * Reads the text of a claimed feed, and gives its dates to the calendar where they differ. When they have applied
 * before, those before the present date stay as they were.
 * @returns false when the claim no longer holds the feed
 * @throws CalendarFault, and AppError as `expandEntries`
 */
export async function updateFeed(
  database: Database,
  feed: CalendarFeedRow,
  { text, etag, lastModified }: { readonly text: string } & Validators,
): Promise<boolean> {
  const today = await earliestToday(database);
  const reading = readFeed(text, feed, today);
  const isChanged = text !== feed.content || feed.lastChangedAt === null;
  const isFirst = feed.lastReadAt === null;
  const from = isFirst || feed.firstDate > today ? feed.firstDate : today;
  const isSame =
    !isFirst && JSON.stringify(datesFrom(feed.dates, from)) === JSON.stringify(datesFrom(reading.dates, from));
  const read: ReadFeed = { ...reading, content: text, etag, lastModified, isChanged };
  const held = await withOwnDates(database, feed.calendarId, from, today, (own) =>
    withTransaction(database, async (tx) => {
      await lockCalendar(tx, own);
      if (!(await endFeed(tx, tokenOf(feed), nextReading(feed.url, Math.random()), read))) return false;
      if (isSame) return true;
      await replaceDates(tx, own, from);
      // What only the date has brought nearer is no change of the feed.
      if (isChanged) await recordAudit(tx, systemViewer, "feed.update", `calendar:${String(own.id)}`);
      await recordFleetChange(tx, null);
      return true;
    }),
  );
  if (held && !isSame) await announceFleetChange(database);
  return held;
}
