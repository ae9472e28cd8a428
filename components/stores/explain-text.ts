import type { Segment } from "@/lib/contract/uptime";
import { timeRange } from "@/lib/format/time-range";
import { clockTime, weekdayTime, type Clock } from "@/lib/format/zoned-time";

export const segmentStates = ["up", "down", "unknown"] as const;
export type SegmentState = (typeof segmentStates)[number];

export const segmentStateText: Record<SegmentState, string> = { up: "up", down: "down", unknown: "no data" };

/** "Mon 10:44–12:00", "Mon 22:15 to Tue 01:30" */
export function segmentTime({ start, end }: Pick<Segment, "start" | "end">, clock: Clock): string {
  return timeRange(start, end, end, clock);
}

const startText: Record<Segment["starts_at"], string> = {
  opening: "opening",
  half_way: "midpoint after previous check",
  reach: "75-minute limit of the nearest check",
  window: "start of period",
};

const endText: Record<Segment["ends_at"], string> = {
  closing: "closing",
  half_way: "midpoint before next check",
  reach: "75-minute limit of the nearest check",
  window: "end of period",
};

/** What a segment is based on: the check that decided it, or why there is none. */
export function segmentReason({ rule, poll, start }: Segment, clock: Clock): string {
  if (poll !== null) {
    const at = weekdayTime(poll.at, clock);
    const sameDay = at.slice(0, 3) === weekdayTime(start, clock).slice(0, 3);
    const found = poll.status === "active" ? "online" : "offline";
    return `Based on the ${sameDay ? clockTime(poll.at, clock) : at} check (${found})`;
  }
  return rule === "no_poll" ? "Not checked while the store was open" : "More than 75 minutes from the nearest check";
}

/** Where a segment starts and ends: "From opening to midpoint before next check". */
export function segmentEdges({ starts_at: starts, ends_at: ends }: Segment): string {
  return `From ${startText[starts]} to ${endText[ends]}`;
}

/** Durations of the segments of one state, or of all, in ms. */
export function sumOf(segments: readonly Segment[], state: SegmentState | "all"): number {
  return segments
    .filter((segment) => state === "all" || segment.state === state)
    .reduce((sum, { start, end }) => sum + Date.parse(end) - Date.parse(start), 0);
}
