import type { Metadata } from "next";
import { NewCalendarView } from "@/components/calendars/calendar-view";
import { needs } from "@/lib/contract/scopes";
import { earliestToday } from "@/lib/server/calendars/save-calendar";
import { getDatabase } from "@/lib/server/database";
import { allowedViewer } from "@/lib/server/http/page-viewer";

export const metadata: Metadata = { title: "New calendar" };

export default async function NewCalendarPage() {
  await allowedViewer(needs.fleetWrite);
  return <NewCalendarView today={await earliestToday(getDatabase())} />;
}
