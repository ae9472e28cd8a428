import type { PreviewCalendar } from "@/lib/contract/calendars";
import { AppError } from "@/lib/server/errors";
import { CalendarFault } from "@/lib/server/icalendar/calendar-fault";
import { resolveTimeZone } from "@/lib/uptime/time-zone";
import { readFeed, type FeedReading } from "./read-feed";

/** The zone of a feed; null where none is given. @param at where it is in the request   @throws AppError invalid_time_zone */
export function readZone(name: string | undefined, at: string): string | null {
  if (name === undefined) return null;
  const zone = resolveTimeZone(name);
  if (zone !== null) return zone;
  const reason = "There is no such time zone. Use a name such as America/New_York.";
  throw new AppError("invalid_time_zone", reason, {
    faults: [{ pointer: `${at}/time_zone`, code: "invalid_time_zone", reason }],
  });
}

/**
 * Reads an iCalendar file of a request.
 * @param at where it is in the request   @param today the present date, `YYYY-MM-DD`
 * @throws AppError invalid_icalendar, invalid_time_zone
 */
export function readFile(
  { file, meaning, time_zone: timeZone }: NonNullable<PreviewCalendar["feed"]>,
  at: string,
  today: string,
): FeedReading {
  try {
    return readFeed(file, { meaning, timeZone: readZone(timeZone, at) }, today);
  } catch (error) {
    if (!(error instanceof CalendarFault)) throw error;
    const reason = error.message;
    throw new AppError("invalid_icalendar", reason, {
      cause: error,
      faults: [{ pointer: `${at}/file`, code: "invalid_icalendar", reason }],
    });
  }
}
