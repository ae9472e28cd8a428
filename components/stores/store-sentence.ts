import type { StoreIncidents } from "@/lib/contract/store-history";
import type { Bucket } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { spokenHour, type TimeStyle } from "@/lib/format/time-style";
import { localDate, msOfDay, weekdayDate, type Clock } from "@/lib/format/zoned-time";
import { dayMs, hourMs, minuteMs } from "@/lib/uptime/units";

type Interval = Pick<StoreIncidents["incidents"][number], "start" | "end">;

interface StoreWeek {
  /** The last 7 days in the store's local days, ascending. */
  readonly days: readonly Bucket[];
  /** Those of the same time, in any order; the ones that are loaded. */
  readonly incidents: readonly Interval[];
  /** All incidents of the time, loaded or not. */
  readonly total: number;
  /** The end of the time, ISO 8601. */
  readonly asOf: string;
  /** The store's. */
  readonly clock: Clock;
  /** The reader's clock in ms. */
  readonly now: number;
}

/** Below this coverage a week without downtime says little. */
const goodCoverage = 0.9;

/** The longest run of clock hours that is still a time of day. */
const longestSpan = 3;

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

/** "today", "yesterday", "on Tuesday", "on Tue, Jan 24" */
function dayText(start: string, now: number, clock: Clock): string {
  const dateOf = (instant: string) => Date.parse(localDate(instant, clock));
  const daysAgo = Math.round((dateOf(new Date(now).toISOString()) - dateOf(start)) / dayMs);
  if (daysAgo <= 0) return "today";
  if (daysAgo === 1) return "yesterday";
  return daysAgo < 7 ? `on ${weekdays[new Date(dateOf(start)).getUTCDay()]!}` : `on ${weekdayDate(start, clock)}`;
}

/** "12 to 1 pm", "11 am to 1 pm", "11:00 to 13:00" @param from hour of the day, 0 to 23   @param hours how many */
export function hoursText(from: number, hours: number, style: TimeStyle): string {
  const [start, end] = [spokenHour(from, style), spokenHour(from + hours, style)];
  const [time, half] = start.split("\u00a0");
  return `${half !== undefined && end.endsWith(half) ? (time ?? "") : start} to ${end}`;
}

/** Downtime of a day by the hour of its clock, in ms: 24 sums. Null where the incidents are not exactly its downtime. */
function downByHour({ start, end, down_ms: down }: Bucket, incidents: readonly Interval[], clock: Clock) {
  const sums = Array.from({ length: 24 }, () => 0);
  let all = 0;
  for (const incident of incidents) {
    const to = Math.min(Date.parse(incident.end), Date.parse(end));
    let at = Math.max(Date.parse(incident.start), Date.parse(start));
    while (at < to) {
      const ofDay = msOfDay(new Date(at).toISOString(), clock);
      const next = Math.min(to, at + hourMs - (ofDay % hourMs));
      sums[Math.floor(ofDay / hourMs)]! += next - at;
      all += next - at;
      at = next;
    }
  }
  // An incident goes on over closed time, which is no downtime: then its hours do not tell when the store was down.
  return Math.abs(all - down) < minuteMs ? sums : null;
}

/** The fewest clock hours with more than half of a day's downtime; null where that takes more than three. */
function mainHours(
  sums: readonly number[],
): { readonly from: number; readonly hours: number; readonly isAll: boolean } | null {
  const all = sums.reduce((sum, one) => sum + one, 0);
  for (let hours = 1; hours <= longestSpan; hours++) {
    const spans = Array.from({ length: 24 - hours + 1 }, (_, from) => ({
      from,
      sum: sums.slice(from, from + hours).reduce((sum, one) => sum + one, 0),
    }));
    const best = spans.reduce((most, span) => (span.sum > most.sum ? span : most));
    if (best.sum > all / 2) return { from: best.from, hours, isAll: best.sum === all };
  }
  return null;
}

function timeOfDayText(day: Bucket, incidents: readonly Interval[], clock: Clock): string {
  const sums = downByHour(day, incidents, clock);
  const main = sums && mainHours(sums);
  if (!main) return "";
  const hours = hoursText(main.from, main.hours, clock.style);
  return main.isAll ? `, ${hours}` : `, mostly ${hours}`;
}

/**
 * The store's last 7 days as a person would say it: "Offline 2 h 10 min yesterday, mostly 12 to 1 pm; 3 times in the last
 * 7 days." Empty where the store was not open or not checked.
 */
export function storeSentence({ days, incidents, total, asOf, clock, now }: StoreWeek): string {
  const sum = (of: (day: Bucket) => number) => days.reduce((all, day) => all + of(day), 0);
  const known = sum((day) => day.up_ms + day.down_ms);
  if (known === 0) return "";
  const isRecent = now - Date.parse(asOf) < dayMs;
  const period = isRecent ? "the last 7 days" : `the 7 days to ${weekdayDate(asOf, clock)}`;
  const worst = days.findLast((day) => day.down_ms > 0);
  if (worst === undefined) {
    const coverage = known / sum((day) => day.open_ms);
    return coverage < goodCoverage
      ? `No downtime found, but only ${formatPercent(coverage, 0)} of ${period} was monitored.`
      : `No downtime in ${period}.`;
  }
  const when = `${dayText(worst.start, now, clock)}${timeOfDayText(worst, incidents, clock)}`;
  const times = total <= 1 ? "the only time" : `${total.toLocaleString("en-US")} times`;
  return `Offline ${formatOpenTime(worst.down_ms)} ${when}; ${times} in ${period}.`;
}
