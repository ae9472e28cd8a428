import type { Database } from "@/db/client";
import type { GivenSchedule } from "@/db/queries/schedule-codec";
import type { StoreRow } from "@/db/queries/stores";
import type { Viewer } from "@/lib/server/access/viewer";
import { lookbackMs, pollRangeAt, withNeighbour, type PollRange } from "@/lib/server/figures/poll-range";
import { toSchedule } from "@/lib/server/figures/prepare-schedule";
import { openIntervals } from "@/lib/uptime/business-hours";
import type { Interval, PackedPolls, Poll, Schedule } from "@/lib/uptime/types";
import { windowMs } from "@/lib/uptime/windows";
import { requireStoreAround } from "./require-store";

/** All that one store's pages are computed from, out of one snapshot of the database. */
export interface StoreWeek {
  readonly store: StoreRow;
  readonly given: GivenSchedule;
  readonly schedule: Schedule;
  readonly range: PollRange;
  /** The open intervals of `range.open`. */
  readonly open: readonly Interval[];
  /** The polls of the range. */
  readonly polls: PackedPolls;
  /** The same with what the bounds need from before the range: for estimates. */
  readonly pollsForEstimates: PackedPolls;
  /** The newest poll before the range. */
  readonly before: Poll | null;
}

/** Reads a store and its polls around the week that ends with the fleet's newest poll. @throws AppError store_not_found */
export async function readStoreWeek(database: Database, viewer: Viewer, storeId: string): Promise<StoreWeek> {
  const asked = {
    asOf: null,
    from: null,
    to: null,
    lengthMs: windowMs.week,
    longestMs: windowMs.week,
    lengths: 1,
  } as const;
  const around = await requireStoreAround(database, viewer, storeId, asked, lookbackMs);
  const { store, given, polls, before } = around;
  const range = pollRangeAt(around.newestAt);
  const schedule = toSchedule(given);
  const open = openIntervals(schedule, range.open);
  const pollsForEstimates = withNeighbour(range, schedule, open, polls, before);
  return { store, given, schedule, range, open, polls, pollsForEstimates, before };
}
