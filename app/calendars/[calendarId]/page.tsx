import type { Metadata } from "next";
import { CalendarView } from "@/components/calendars/calendar-view";
import { needs } from "@/lib/contract/scopes";
import { isAllowed } from "@/lib/server/access/viewer";
import { earliestToday } from "@/lib/server/calendars/save-calendar";
import { getDatabase } from "@/lib/server/database";
import { allowedViewer, pageViewer } from "@/lib/server/http/page-viewer";
import { findCalendar, findFeedOf } from "./find-calendar";

export async function generateMetadata({ params }: PageProps<"/calendars/[calendarId]">): Promise<Metadata> {
  if (!isAllowed(await pageViewer(), needs.fleetWrite)) return { title: "Access denied" };
  const { name } = await findCalendar((await params).calendarId);
  return { title: name };
}

export default async function CalendarPage({ params }: PageProps<"/calendars/[calendarId]">) {
  await allowedViewer(needs.fleetWrite);
  const { id, name } = await findCalendar((await params).calendarId);
  const [today, feed] = await Promise.all([earliestToday(getDatabase()), findFeedOf(id)]);
  return <CalendarView calendarId={id} name={name} today={today} feed={feed} />;
}
