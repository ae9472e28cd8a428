import type { Database } from "@/db/client";
import type { RequestedRange } from "@/db/queries/bulk/store-window";
import type { GivenSchedule } from "@/db/queries/bulk/schedule-codec";
import type { Viewer } from "@/lib/server/access/viewer";
import { toSchedule } from "@/lib/server/figures/prepare-schedule";
import { openIntervals } from "@/lib/uptime/business-hours";
import { pollsBetween } from "@/lib/uptime/packed-polls";
import type { Sliced } from "@/lib/uptime/sliced";
import type { EpochMs, Interval, PackedPolls, Poll, Schedule } from "@/lib/uptime/types";
import { resolveRange, type ResolvedRange } from "./range";
import { computeStoreWindow, type StoreWindow } from "./require-store";
import { hourMs } from "@/lib/uptime/units";

/** Everything that the figures of one store in one window are computed from, from one snapshot of the database. */
export interface StoreRange extends ResolvedRange {
  readonly storeId: string;
  readonly schedule: Schedule;
  /** Open intervals of the window and some hours around it. */
  readonly open: readonly Interval[];
  /** The polls that decide a state in the window, or make time in it ambiguous. */
  readonly polls: PackedPolls;
}

/**
 * How far around a window polls are read. More than twice the reach, so that no poll beyond decides a state in the
 * window. Such a poll can only make time ambiguous.
 */
export const rangeMarginMs = 3 * hourMs;

/** Adds a poll of the given status at `at`, before or after all others. */
function withPoll(polls: PackedPolls, at: EpochMs, { status }: Poll, where: "first" | "last"): PackedPolls {
  const count = polls.at.length;
  const more = { at: new Float64Array(count + 1), active: new Uint8Array(count + 1) };
  const rest = where === "first" ? 1 : 0;
  more.at.set(polls.at, rest);
  more.active.set(polls.active, rest);
  const index = where === "first" ? 0 : count;
  more.at[index] = at;
  more.active[index] = status === "active" ? 1 : 0;
  return more;
}

/** Whether the store was open without interruption in `[start, end)`. */
function isOneOpening(schedule: Schedule, interval: Interval): boolean {
  const [only, ...more] = openIntervals(schedule, interval);
  return only?.start === interval.start && only.end === interval.end && more.length === 0;
}

/**
 * The polls around a window. The nearest poll beyond the margin on either side, if it belongs to the same opening, is
 * moved to a millisecond beyond the margin: from there it still decides nothing in the window and makes the same time
 * ambiguous.
 */
function pollsAround({ polls, before, after }: StoreWindow, schedule: Schedule, { window, asOf }: ResolvedRange) {
  const from = window.start - rangeMarginMs;
  const to = Math.min(window.end + rangeMarginMs, asOf);
  let around = polls;
  if (before !== null && isOneOpening(schedule, { start: before.at, end: from })) {
    around = withPoll(around, from - 1, before, "first");
  }
  if (after !== null && isOneOpening(schedule, { start: to, end: after.at + 1 })) {
    around = withPoll(around, to + 1, after, "last");
  }
  return around;
}

/** What the figures of a range are computed from, with the given schedule. */
export function spanOf(around: StoreWindow, given: GivenSchedule, range: ResolvedRange): StoreRange {
  const schedule = toSchedule(given);
  const { start, end } = range.window;
  const open = openIntervals(schedule, { start: start - rangeMarginMs - 1, end: end + rangeMarginMs + 2 });
  return { ...range, storeId: around.store.storeId, schedule, open, polls: pollsAround(around, schedule, range) };
}

/**
 * Reads a store and its polls around a requested range, and computes a result from them.
 * @throws AppError as `computeStoreWindow`, and invalid_range
 */
export async function computeRange<T>(
  database: Database,
  viewer: Viewer,
  storeId: string,
  asked: RequestedRange,
  compute: (span: StoreRange) => Sliced<T>,
  signal?: AbortSignal,
): Promise<T> {
  return computeStoreWindow(database, viewer, storeId, { asked, marginMs: rangeMarginMs, signal }, (around) =>
    compute(spanOf(around, around.given, resolveRange(asked, around.newestAt))),
  );
}

/** The polls in the window. Its end is included when no later poll counts. */
export function pollsInWindow({ polls, window, asOf }: StoreRange): PackedPolls {
  return pollsBetween(polls, window.start, window.end === asOf ? asOf : window.end - 1);
}
