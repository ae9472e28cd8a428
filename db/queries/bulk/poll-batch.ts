import type { Db } from "@/db/client";
import { as, readOneRow } from "@/db/rows";
import type { EpochMs } from "@/lib/uptime/types";

const mergeRow = { accepted: as.number, duplicate: as.number, conflicting: as.number };

/** Polls as columns, one entry a poll: the store's id, the instant in ms, and 1 for active or 0 for inactive. */
export interface PollColumns {
  readonly storeIds: readonly string[];
  readonly at: readonly EpochMs[];
  readonly active: readonly number[];
}

/** What became of a batch's polls; adds up to all of them. */
export interface BatchMerge {
  readonly accepted: number;
  readonly duplicate: number;
  /** Distinct (store, instant, status) whose status is not the one that was kept. */
  readonly conflicting: number;
}

/**
 * Merges polls into what is known, with stores that were not, and notes the change of the fleet: whole, in one statement,
 * whether or not a transaction is open. The rule is that of poll-merge-rule.ts.
 * @param polls at least one; partitions exist for all of them
 * @throws PostgresError 23514 where a partition is missing, 40P01 where it lost against another batch: nothing is kept
 */
export async function mergePolls({ sql }: Db, { storeIds, at, active }: PollColumns): Promise<BatchMerge> {
  // Ids have no commas. Columns that are texts already are spared the driver's look at each of their values.
  return readOneRow(
    sql`
    select accepted, duplicate, conflicting
    from merge_polls(string_to_array(${storeIds.join()}, ','), ${`{${at.join()}}`}::float8[], ${`{${active.join()}}`}::int4[])`,
    mergeRow,
  );
}
