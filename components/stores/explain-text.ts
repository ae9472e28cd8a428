import type { Segment } from "@/lib/contract/uptime";
import { clockTime, weekdayTime, type Clock } from "@/lib/format/zoned-time";

export const segmentStates = ["up", "down", "unknown"] as const;
export type SegmentState = (typeof segmentStates)[number];

export const segmentStateText: Record<SegmentState, string> = { up: "up", down: "down", unknown: "no data" };

/** "Mon 10:44–12:00"; the second weekday only where it is another. */
export function segmentTime({ start, end }: Pick<Segment, "start" | "end">, clock: Clock): string {
  const from = weekdayTime(start, clock);
  const to = weekdayTime(end, clock);
  return from.slice(0, 3) === to.slice(0, 3) ? `${from}–${clockTime(end, clock)}` : `${from}–${to}`;
}

const startText: Record<Segment["starts_at"], string> = {
  opening: "Begins when the store opens",
  half_way: "Begins half-way from the check before",
  reach: "Begins 75 minutes from the nearest check",
  window: "Begins with the window",
};

const endText: Record<Segment["ends_at"], string> = {
  closing: "ends when it closes",
  half_way: "ends half-way to the next check",
  reach: "ends 75 minutes from the nearest check",
  window: "ends with the window",
};

/** Why a segment is what it is: the poll or its lack, in a sentence. */
export function segmentReason({ rule, poll, start }: Segment, clock: Clock): string {
  if (poll !== null) {
    const at = weekdayTime(poll.at, clock);
    const sameDay = at.slice(0, 3) === weekdayTime(start, clock).slice(0, 3);
    const found = poll.status === "active" ? "online" : "offline";
    return `Decided by the check of ${sameDay ? clockTime(poll.at, clock) : at}, which found it ${found}.`;
  }
  return rule === "no_poll"
    ? "Nobody checked while the store was open, and no check speaks for this time."
    : "The nearest check is more than 75 minutes away, and none speaks farther.";
}

/** Where a segment begins and ends, and why there. */
export function segmentEdges({ starts_at: starts, ends_at: ends }: Segment): string {
  return `${startText[starts]}, ${endText[ends]}.`;
}

/** Durations of the segments of one state, or of all, in ms. */
export function sumOf(segments: readonly Segment[], state: SegmentState | "all"): number {
  return segments
    .filter((segment) => state === "all" || segment.state === state)
    .reduce((sum, { start, end }) => sum + Date.parse(end) - Date.parse(start), 0);
}
