import type { Database } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { readFleetState } from "@/db/queries/fleet-state";
import { newestPollsBefore, pollsOfStore } from "@/db/queries/store-polls";
import { readSchedules, type GivenSchedule } from "@/db/queries/store-schedules";
import type { StoreRow } from "@/db/queries/stores";
import { AppError } from "@/lib/server/errors";
import { pollRangeAt, withNeighbour, type PollRange } from "@/lib/server/reports/poll-range";
import { toSchedule } from "@/lib/server/reports/prepare-schedule";
import { openIntervals } from "@/lib/uptime/business-hours";
import type { Interval, PackedPolls, Poll, Schedule } from "@/lib/uptime/types";
import { requireStore } from "./require-store";

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
export async function readStoreWeek(database: Database, storeId: string): Promise<StoreWeek> {
  const store = await requireStore(database, storeId);
  const { storeKey } = store;
  return withTransaction(
    database.sql,
    async ({ sql: tx }) => {
      const { asOf } = await readFleetState(tx);
      const range = pollRangeAt(asOf);
      const [known] = await readSchedules(tx, [storeKey]);
      if (known === undefined) throw new AppError("store_not_found", `There is no store ${storeId}.`);
      const [polls, newest] = await Promise.all([
        pollsOfStore(tx, storeKey, range.from, asOf),
        newestPollsBefore(tx, [storeKey], range.from),
      ]);
      const schedule = toSchedule(known.schedule);
      const open = openIntervals(schedule, range.open);
      const before = newest.get(storeKey) ?? null;
      const pollsForEstimates = withNeighbour(range, schedule, open, polls, before);
      return { store, given: known.schedule, schedule, range, open, polls, pollsForEstimates, before };
    },
    "snapshot",
  );
}
