import type { Db } from "@/db/client";
import { as, readOneRow } from "@/db/rows";
import type { EpochMs } from "@/lib/uptime/types";

const mergeRow = { accepted: as.number, duplicate: as.number, conflicting: as.number };

/** Polls as columns, one entry per poll: the store's id, the instant in ms, and 1 for active or 0 for inactive. */
export interface PollColumns {
  readonly storeIds: readonly string[];
  readonly at: readonly EpochMs[];
  readonly active: readonly number[];
}

/** The outcomes of a batch's polls; they add up to all of them. */
export interface BatchMerge {
  readonly accepted: number;
  readonly duplicate: number;
  /** Distinct (store, instant, status) whose status was not kept. */
  readonly conflicting: number;
}

/**
 * Merges polls into the data, inserts unknown stores, and records the change of the fleet: atomically, in one
 * statement, inside or outside a transaction. The function is in merge-polls-function.ts.
 * @param polls at least one; partitions exist for all of them
 * @throws PostgresError 23514 when a partition is missing, 40P01 after a deadlock with another batch: nothing is kept
 */
export async function mergePolls({ sql }: Db, { storeIds, at, active }: PollColumns): Promise<BatchMerge> {
  // Ids contain no commas. For columns that are already text the driver need not inspect each value.
  return readOneRow(
    sql`
    select accepted, duplicate, conflicting
    from merge_polls(string_to_array(${storeIds.join()}, ','), ${`{${at.join()}}`}::float8[], ${`{${active.join()}}`}::int4[])`,
    mergeRow,
  );
}
