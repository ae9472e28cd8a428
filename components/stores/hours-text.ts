import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { localDate, utcClock, weekdayDate } from "@/lib/format/zoned-time";
import { weekMs } from "@/lib/uptime/units";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** "23:59:59" and "23:59" are how some write midnight; seconds are left out where there are none. */
function wallTime(text: string, isEnd: boolean): string {
  if (isEnd && text.startsWith("23:59")) return "24:00";
  if (isEnd && text === "00:00:00") return "24:00";
  return text.replace(/^(\d\d:\d\d):00$/, "$1");
}

function rowText({ start, end }: ScheduleException["hours"][number]): string {
  const from = wallTime(start, false);
  const to = wallTime(end, true);
  if (from === "00:00" && to === "24:00") return "All day";
  return `${from}–${to}${to < from ? " (next day)" : ""}`;
}

/** Monday to Sunday, with the rows of each in order of their start; a day without rows is closed. */
export function hoursByDay(
  rows: StoreDetail["business_hours"],
): readonly { readonly day: string; readonly hours: readonly string[] }[] {
  return days.map((day, index) => ({
    day,
    hours: rows
      .filter((row) => row.day === index)
      .toSorted((a, b) => a.start.localeCompare(b.start))
      .map(rowText),
  }));
}

/** The first local date whose exceptions a store's page shows: that of the week shown. "2023-01-18" */
export function firstExceptionShown({ as_of: asOf, clock }: Pick<StoreDetail, "as_of" | "clock">): string {
  return localDate(new Date(Date.parse(asOf) - weekMs).toISOString(), clock);
}

/** Dates with hours of their own: { day: "Thu, Nov 26", hours: ["Closed"] }. */
export function exceptionText(
  exceptions: readonly ScheduleException[],
): readonly { readonly date: string; readonly day: string; readonly hours: readonly string[] }[] {
  return exceptions.map(({ date, closed, hours }) => ({
    date,
    // A date is no instant; noon of it in UTC has its name.
    day: weekdayDate(`${date}T12:00:00Z`, utcClock),
    hours: closed ? ["Closed"] : hours.map(rowText),
  }));
}
