import type { Session } from "@/db/transaction";
import { noteFleetChange } from "@/db/queries/fleet-state";
import { insertNewPolls, makeStores, newestOf, settleConflicts, type PollColumns } from "@/db/queries/poll-batch";
import type { LivePoll } from "./poll-rules";

export interface BatchMerge {
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
}

function toColumns(polls: readonly LivePoll[]): PollColumns {
  return {
    storeIds: polls.map(({ storeId }) => storeId),
    at: polls.map(({ at }) => at),
    active: polls.map(({ status }) => (status === "active" ? 1 : 0)),
  };
}

/** The distinct polls of a batch: a store and instant may be given with both statuses. */
function distinctPolls(polls: readonly LivePoll[]): PollColumns {
  return toColumns([...new Map(polls.map((poll) => [`${poll.storeId} ${poll.at} ${poll.status}`, poll])).values()]);
}

/** Inserts polls of which some are of stores that are not known, and these stores. */
async function insertWithStores({ sql }: Session, polls: PollColumns): Promise<number> {
  await makeStores(sql, [...new Set(polls.storeIds)].sort());
  const { accepted, ofUnknownStores } = await insertNewPolls(sql, polls);
  if (ofUnknownStores > 0) throw new Error("A store was deleted while its polls came in.");
  return accepted;
}

/**
 * Merges polls into what is known, in the transaction that is open; partitions exist for all of them. At most one poll
 * a store and instant is kept, and where both statuses are given it is `inactive`: so any order and any redelivery, in
 * batches of any size, end in the same tables.
 */
export async function mergeBatch(tx: Session, polls: readonly LivePoll[]): Promise<BatchMerge> {
  const inserted = await insertNewPolls(tx.sql, toColumns(polls));
  // Most batches are of known stores and new: theirs is one statement.
  if (inserted.accepted === polls.length) return { accepted: polls.length, duplicate: 0, conflicting: 0 };
  const distinct = distinctPolls(polls);
  const { length } = distinct.at;
  const ofNewStores = inserted.ofUnknownStores > 0 ? await insertWithStores(tx, distinct) : 0;
  const accepted = inserted.accepted + ofNewStores;
  const settled = accepted === length ? { conflicting: 0, changed: false } : await settleConflicts(tx.sql, distinct);
  // Where every poll was of a new store, the second insert has noted it.
  const isNoted = ofNewStores === length;
  if (!isNoted && (accepted > 0 || settled.changed)) await noteFleetChange(tx.sql, newestOf(distinct));
  const { conflicting } = settled;
  return { accepted, duplicate: polls.length - accepted - conflicting, conflicting };
}
