import type { Metadata } from "next";
import { NotFoundView } from "@/components/ui/not-found-view";

export const metadata: Metadata = { title: "Calendar not found" };

export default function CalendarNotFound() {
  return (
    <NotFoundView
      title="Calendar not found"
      hint="This calendar doesn’t exist. It may have been deleted."
      href="/calendars"
      label="All calendars"
    />
  );
}
