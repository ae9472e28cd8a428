import type { PreviewCalendar } from "@/lib/contract/calendars";
import { AppError } from "@/lib/server/errors";
import { CalendarFault } from "@/lib/server/icalendar/calendar-fault";
import { readTimeZone } from "@/lib/server/stores/hours-input";
import { readFeed, type FeedReading } from "./read-feed";

/** The zone of a feed; null where none is given. @param at where it is in the request   @throws AppError invalid_zone */
export function readFeedZone(name: string | undefined, at: string): string | null {
  return name === undefined ? null : readTimeZone(name, at);
}

/**
 * Reads an iCalendar file of a request.
 * @param file its text   @param at where it is in the request   @param today the present date, `YYYY-MM-DD`
 * @throws AppError invalid_icalendar, invalid_zone
 */
export function readFile(
  { meaning, time_zone: timeZone }: Pick<NonNullable<PreviewCalendar["feed"]>, "meaning" | "time_zone">,
  file: string,
  at: string,
  today: string,
): FeedReading {
  try {
    return readFeed(file, { meaning, timeZone: readFeedZone(timeZone, at) }, today);
  } catch (error) {
    if (!(error instanceof CalendarFault)) throw error;
    const reason = error.message;
    throw new AppError("invalid_icalendar", reason, {
      cause: error,
      faults: [{ pointer: `${at}/file`, code: "invalid_icalendar", reason }],
    });
  }
}
