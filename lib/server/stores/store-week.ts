import type { Database } from "@/db/client";
import type { GivenSchedule } from "@/db/queries/bulk/schedule-codec";
import type { StoreRow } from "@/db/queries/stores";
import type { Viewer } from "@/lib/server/access/viewer";
import { lookbackMs, pollRangeAt, type PollRange } from "@/lib/server/figures/poll-range";
import { toSchedule } from "@/lib/server/figures/prepare-schedule";
import { openIntervals } from "@/lib/uptime/business-hours";
import type { Sliced } from "@/lib/uptime/sliced";
import type { Interval, PackedPolls, Poll, Schedule } from "@/lib/uptime/types";
import { windowMs } from "@/lib/uptime/windows";
import { computeStoreWindow } from "./require-store";

/** Everything that one store's pages are computed from, from one snapshot of the database. */
export interface StoreWeek {
  readonly store: StoreRow;
  readonly given: GivenSchedule;
  readonly schedule: Schedule;
  readonly range: PollRange;
  /** The open intervals of `range.open`. */
  readonly open: readonly Interval[];
  /** The polls of the range. */
  readonly polls: PackedPolls;
  /** The newest poll before the range. */
  readonly before: Poll | null;
}

/**
 * Reads a store and its polls around the week that ends with the fleet's newest poll, and computes a result from them.
 * @throws AppError as `computeStoreWindow`
 */
export async function computeWeek<T>(
  database: Database,
  viewer: Viewer,
  storeId: string,
  compute: (week: StoreWeek) => Sliced<T>,
  signal?: AbortSignal,
): Promise<T> {
  const asked = {
    asOf: null,
    from: null,
    to: null,
    lengthMs: windowMs.week,
    longestMs: windowMs.week,
    lengths: 1,
  } as const;
  return computeStoreWindow(database, viewer, storeId, { asked, marginMs: lookbackMs, signal }, (around) => {
    const { store, given, polls, before } = around;
    const range = pollRangeAt(around.newestAt);
    const schedule = toSchedule(given);
    const open = openIntervals(schedule, range.open);
    return compute({ store, given, schedule, range, open, polls, before });
  });
}
