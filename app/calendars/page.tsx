import type { Metadata } from "next";
import { CalendarsView } from "@/components/calendars/calendars-view";
import { needs } from "@/lib/contract/scopes";
import { allowedViewer } from "@/lib/server/http/page-viewer";

export const metadata: Metadata = { title: "Calendars" };

export default async function CalendarsPage() {
  await allowedViewer(needs.fleetWrite);
  return <CalendarsView />;
}
