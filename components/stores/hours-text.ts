import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { dateText, timeOfDay, type TimeStyle } from "@/lib/format/time-style";
import { localDate } from "@/lib/format/zoned-time";
import { weekMs } from "@/lib/uptime/units";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const secondsOf = (wallTime: string): number =>
  wallTime.split(":").reduce((sum, part, index) => sum + Number(part) * 60 ** (2 - index), 0);

const daySeconds = 86_400;

/** "09:00–14:30", "9:00 AM–2:30 PM", "20:00–02:00 (next day)" */
function rowText({ start, end }: ScheduleException["hours"][number], style: TimeStyle): string {
  const from = secondsOf(start);
  // 23:59:59 and 23:59 are how some write midnight.
  const to = end.startsWith("23:59") || end === "00:00:00" ? daySeconds : secondsOf(end);
  if (from === 0 && to === daySeconds) return "All day";
  return `${timeOfDay(from, style)}–${timeOfDay(to, style)}${to < from ? " (next day)" : ""}`;
}

/** Monday to Sunday, with the rows of each in order of their start; a day without rows is closed. */
export function hoursByDay(
  rows: StoreDetail["business_hours"],
  style: TimeStyle,
): readonly { readonly day: string; readonly hours: readonly string[] }[] {
  return days.map((day, index) => ({
    day,
    hours: rows
      .filter((row) => row.day === index)
      .toSorted((a, b) => a.start.localeCompare(b.start))
      .map((row) => rowText(row, style)),
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
  return exceptions.map(({ date, closed, hours }) => ({
    date,
    day: dateText("weekdayDate", new Date(`${date}T00:00:00Z`), style),
    hours: closed ? ["Closed"] : hours.map((row) => rowText(row, style)),
  }));
}
