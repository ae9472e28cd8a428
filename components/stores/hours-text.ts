import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { dateText, timeOfDay, type TimeStyle } from "@/lib/format/time-style";
import { localDate } from "@/lib/format/zoned-time";
import { daySeconds, weekMs } from "@/lib/uptime/units";
import { openingOf, openingsByDay, type Opening } from "./week-openings";

/** From Monday on. */
export const weekdayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** "09:00–14:30", "9:00 AM–2:30 PM", "20:00–02:00 (next day)" */
export function openingText({ from, to }: Opening, style: TimeStyle): string {
  if (from === 0 && to === daySeconds) return "All day";
  const isNextDay = to > daySeconds;
  return `${timeOfDay(from, style)}–${timeOfDay(isNextDay ? to - daySeconds : to, style)}${isNextDay ? " (next day)" : ""}`;
}

/** Monday to Sunday, with the openings that start on each; a day without any is closed. */
export function hoursByDay(
  rows: StoreDetail["business_hours"],
  style: TimeStyle,
): readonly { readonly day: string; readonly hours: readonly string[] }[] {
  return openingsByDay(rows).map((openings, index) => ({
    day: weekdayNames[index] ?? "",
    hours: openings.map((one) => openingText(one, style)),
  }));
}

/** The first local date whose exceptions a store's page shows: that of the week shown. "2023-01-18" */
export function firstExceptionShown({ as_of: asOf, clock }: Pick<StoreDetail, "as_of" | "clock">): string {
  return localDate(new Date(Date.parse(asOf) - weekMs).toISOString(), clock);
}

/** Dates with hours of their own: { day: "Thu, Nov 26", hours: ["Closed"] }. */
export function exceptionText(
  exceptions: readonly ScheduleException[],
  style: TimeStyle,
): readonly { readonly date: string; readonly day: string; readonly hours: readonly string[] }[] {
  return exceptions.map(({ date, closed, hours, closed_hours: closedHours }) => ({
    date,
    day: dateText("weekdayDate", new Date(`${date}T00:00:00Z`), style),
    hours: closed
      ? ["Closed"]
      : (closedHours?.map((row) => `Closed ${openingText(openingOf(row), style)}`) ??
        hours.map((row) => openingText(openingOf(row), style))),
  }));
}
