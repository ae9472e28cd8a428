import type { CalendarPreview } from "@/lib/contract/calendars";
import { hoursText } from "@/lib/server/wire/wall-time-text";
import type { CalendarDate } from "@/lib/uptime/calendar";

/** A date of a calendar as it is sent. */
export function toPreviewedDate({ date, name, effect }: CalendarDate): CalendarPreview["dates"][number] {
  if ("closed" in effect) return { date, name, closed: false, hours: [], closed_hours: effect.closed.map(hoursText) };
  return { date, name, closed: effect.hours.length === 0, hours: effect.hours.map(hoursText) };
}
