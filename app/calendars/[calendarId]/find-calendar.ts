import { notFound } from "next/navigation";
import { cache } from "react";
import { parseReportId } from "@/lib/client/page-params";
import type { Calendar } from "@/lib/contract/calendars";
import type { CalendarFeed } from "@/lib/contract/calendar-feeds";
import { getCalendar } from "@/lib/server/calendars/manage-calendars";
import { getFeed } from "@/lib/server/calendars/manage-feeds";
import { getDatabase } from "@/lib/server/database";
import { AppError } from "@/lib/server/errors";
import { pageViewer } from "@/lib/server/http/page-viewer";

/** The calendar of the address, read once per request; without one, the page is a 404. */
export const findCalendar = cache(async (id: string): Promise<Calendar> => {
  const viewer = await pageViewer();
  try {
    return await getCalendar(getDatabase(), viewer, parseReportId(id));
  } catch (error) {
    if (error instanceof AppError && error.code === "calendar_not_found") notFound();
    throw error;
  }
});

/** The feed of a calendar; null: it has none. */
export async function findFeedOf(calendarId: number): Promise<CalendarFeed | null> {
  try {
    return await getFeed(getDatabase(), await pageViewer(), calendarId);
  } catch (error) {
    if (error instanceof AppError && error.code === "feed_not_found") return null;
    throw error;
  }
}
