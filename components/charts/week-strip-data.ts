import type { StoreTimeline } from "@/lib/contract/store-history";
import type { Bucket } from "@/lib/contract/uptime";
import { clockTime, endTime, msOfDay, weekdayDate, type Clock } from "@/lib/format/zoned-time";
import { gapsWithin, type PollGap, type Span } from "./chart-gaps";
import { dayMs, hourMs } from "@/lib/uptime/units";

type State = StoreTimeline["segments"][number]["state"];

/** What a strip needs of a timeline. */
type StripTimeline = Pick<StoreTimeline, "segments" | "polls"> & { readonly clock: Clock };

export interface StripSegment extends Span {
  readonly state: State;
  /** "07:00–09:31 down" */
  readonly label: string;
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
  /** Where the store is open, without the breaks between states. */
  readonly openings: readonly Span[];
  readonly gaps: readonly Span[];
  /** A day on which the clocks change: "23 h day". */
  readonly length: string | null;
}

export const stateText: Record<State, string> = { up: "up", down: "down", unknown: "no data", closed: "closed" };

/** "07:00–09:31", an end at midnight as 24:00. */
function clockSpan(start: string, end: string, clock: Clock): string {
  return `${clockTime(start, clock)}–${endTime(end, clock)}`;
}

/** Neighbouring spans of open time as one. */
function openingsOf(segments: readonly StripSegment[]): readonly Span[] {
  const openings: { from: number; width: number }[] = [];
  let isOpen = false;
  for (const { state, from, width } of segments) {
    const before = openings.at(-1);
    if (state !== "closed" && isOpen && before) before.width = from + width - before.from;
    else if (state !== "closed") openings.push({ from, width });
    isOpen = state !== "closed";
  }
  return openings;
}

/**
 * Wire format to rows, one a local day.
 * @param days the week's buckets, cut at local midnights   @param gaps stretches in which no store was polled
 */
export function toStripDays(
  days: readonly Bucket[],
  { segments, polls, clock }: StripTimeline,
  gaps: readonly PollGap[],
): readonly StripDay[] {
  return days.map(({ start, end }) => {
    const from = Date.parse(start);
    const to = Date.parse(end);
    const offset = msOfDay(start, clock);
    const length = offset === 0 && msOfDay(end, clock) === 0 ? to - from : dayMs;
    const frame = Math.max(dayMs, offset + to - from);
    const at = (ms: number) => (offset + ms - from) / frame;
    const part = (piece: { start: string; end: string }): Span => {
      const first = Math.max(from, Date.parse(piece.start));
      return { from: at(first), width: (Math.min(to, Date.parse(piece.end)) - first) / frame };
    };
    const drawn = gapsWithin(segments, start, end).map((segment) => {
      const [first, last] = [
        Date.parse(segment.start) > from ? segment.start : start,
        Date.parse(segment.end) < to ? segment.end : end,
      ];
      const label = `${clockSpan(first, last, clock)} ${stateText[segment.state]}`;
      return { ...part(segment), state: segment.state, label };
    });
    return {
      start,
      label: weekdayDate(start, clock),
      segments: drawn,
      openings: openingsOf(drawn),
      polls: polls
        .filter((poll) => Date.parse(poll.at) >= from && Date.parse(poll.at) < to)
        .map((poll) => ({
          at: poll.at,
          x: at(Date.parse(poll.at)),
          active: poll.status === "active",
          inHours: poll.in_hours,
        })),
      gaps: gapsWithin(gaps, start, end).map(part),
      length: length === dayMs ? null : `${String(Math.round(length / hourMs))} h day`,
    };
  });
}

export interface WeekRow {
  readonly start: string;
  readonly day: string;
  /** "07:00–09:31" */
  readonly time: string;
  readonly state: Exclude<State, "closed">;
  readonly ms: number;
  /** Polls in business hours that lie in it. */
  readonly polls: number;
}

/** The strip as rows of a table: its stretches of open time, cut at local midnights, ascending. */
export function toWeekRows(days: readonly Bucket[], { segments, polls, clock }: StripTimeline): readonly WeekRow[] {
  return days.flatMap((day) =>
    gapsWithin(segments, day.start, day.end).flatMap((segment): readonly WeekRow[] => {
      if (segment.state === "closed") return [];
      const start = Date.parse(segment.start) > Date.parse(day.start) ? segment.start : day.start;
      const end = Date.parse(segment.end) < Date.parse(day.end) ? segment.end : day.end;
      const [from, to] = [Date.parse(start), Date.parse(end)];
      return [
        {
          start,
          day: weekdayDate(start, clock),
          time: clockSpan(start, end, clock),
          state: segment.state,
          ms: to - from,
          polls: polls.filter((poll) => poll.in_hours && Date.parse(poll.at) >= from && Date.parse(poll.at) < to)
            .length,
        },
      ];
    }),
  );
}
