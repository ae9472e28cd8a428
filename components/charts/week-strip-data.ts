import type { Fleet } from "@/lib/contract/fleet";
import type { StoreTimeline } from "@/lib/contract/store-history";
import type { Bucket } from "@/lib/contract/uptime";
import { clockTime, weekdayDate } from "@/lib/format/zoned-time";

const minute = 60_000;
const day = 24 * 60 * minute;

export type PollGap = Fleet["polling_gaps"][number];

export interface StripPart {
  /** Shares of the strip's width. */
  readonly from: number;
  readonly width: number;
}

export interface StripSegment extends StripPart {
  readonly state: "up" | "down" | "unknown" | "closed";
}

export interface StripDay {
  /** The start of the day's part of the window, ISO 8601: the row's identity. */
  readonly start: string;
  /** "Mon, Jan 23" */
  readonly label: string;
  readonly segments: readonly StripSegment[];
  readonly polls: readonly {
    readonly at: string;
    readonly x: number;
    readonly active: boolean;
    readonly inHours: boolean;
  }[];
  readonly gaps: readonly StripPart[];
  /** A day on which the clocks change: "23 h day". */
  readonly length: string | null;
}

/** Since midnight by the store's clock. Offsets are whole minutes, so seconds are the instant's own. */
function sinceMidnight(instant: string, timeZone: string): number {
  const [hours, minutes] = clockTime(instant, timeZone).split(":").map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * minute + (Date.parse(instant) % minute);
}

/**
 * Wire format to rows, one a local day.
 * @param days the week's buckets, cut at local midnights   @param gaps stretches in which no store was polled
 */
export function toStripDays(
  days: readonly Bucket[],
  { segments, polls, time_zone: timeZone }: Pick<StoreTimeline, "segments" | "polls" | "time_zone">,
  gaps: readonly PollGap[],
): readonly StripDay[] {
  return days.map(({ start, end }) => {
    const from = Date.parse(start);
    const to = Date.parse(end);
    const offset = sinceMidnight(start, timeZone);
    const length = offset === 0 && sinceMidnight(end, timeZone) === 0 ? to - from : day;
    const frame = Math.max(day, offset + to - from);
    const at = (ms: number) => (offset + ms - from) / frame;
    const part = (piece: { start: string; end: string }): StripPart => {
      const first = Math.max(from, Date.parse(piece.start));
      return { from: at(first), width: (Math.min(to, Date.parse(piece.end)) - first) / frame };
    };
    const within = (piece: { start: string; end: string }) =>
      Date.parse(piece.end) > from && Date.parse(piece.start) < to;
    return {
      start,
      label: weekdayDate(start, timeZone),
      segments: segments.filter(within).map((segment) => ({ ...part(segment), state: segment.state })),
      polls: polls
        .filter((poll) => Date.parse(poll.at) >= from && Date.parse(poll.at) < to)
        .map((poll) => ({
          at: poll.at,
          x: at(Date.parse(poll.at)),
          active: poll.status === "active",
          inHours: poll.in_hours,
        })),
      gaps: gaps.filter(within).map(part),
      length: length === day ? null : `${String(Math.round(length / (60 * minute)))} h day`,
    };
  });
}
