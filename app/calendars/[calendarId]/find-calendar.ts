import { notFound } from "next/navigation";
import { cache } from "react";
import { parseReportId } from "@/lib/client/page-params";
import type { Calendar } from "@/lib/contract/calendars";
import { getCalendar } from "@/lib/server/calendars/manage-calendars";
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
