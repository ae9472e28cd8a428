import { formatDuration } from "./duration";
import { requireNumber } from "./require-number";
import { fullTime, type Clock } from "./zoned-time";
import { minuteMs } from "@/lib/uptime/units";

const dayMs = 24 * 60 * minuteMs;

/**
 * How long ago an instant was: "just now", "23 min ago", "3 h 5 min ago"; after a day the time itself, because
 * "31 h ago" makes people count.
 * @param instant ISO 8601   @param now the reader’s time in ms; an instant after it is "just now"
 * @param clock of the zone that a time is shown in
 */
export function formatAge(instant: string, now: number, clock: Clock): string {
  const age = requireNumber(now - Date.parse(instant));
  if (age < minuteMs) return "just now";
  return age <= dayMs ? `${formatDuration(age)} ago` : fullTime(instant, clock);
}
