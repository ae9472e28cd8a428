import type { Session } from "@/db/transaction";
import { noteFleetChange } from "@/db/queries/fleet-state";
import { insertNewPolls, makeStores, settleConflicts, type PollColumns } from "@/db/queries/poll-batch";
import type { LivePoll } from "./poll-rules";

export interface BatchMerge {
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
}

/** The distinct polls of a batch: a store and instant may be given with both statuses. */
function distinctPolls(polls: readonly LivePoll[]): PollColumns {
  const distinct = new Map(polls.map((poll) => [`${poll.storeId} ${poll.at} ${poll.status}`, poll]));
  const rows = [...distinct.values()];
  return {
    storeIds: rows.map(({ storeId }) => storeId),
    at: rows.map(({ at }) => at),
    active: rows.map(({ status }) => (status === "active" ? 1 : 0)),
  };
}

/** Inserts polls that are new, and the stores that are. Most batches have none of the latter: one statement. */
async function insertPolls({ sql }: Session, polls: PollColumns): Promise<{ accepted: number; storesAdded: number }> {
  const { accepted, ofUnknownStores } = await insertNewPolls(sql, polls);
  if (ofUnknownStores === 0) return { accepted, storesAdded: 0 };
  const storesAdded = await makeStores(sql, [...new Set(polls.storeIds)].sort());
  const others = await insertNewPolls(sql, polls);
  if (others.ofUnknownStores > 0) throw new Error("A store was deleted while its polls came in.");
  return { accepted: accepted + others.accepted, storesAdded };
}

/**
 * Merges polls into what is known, in the transaction that is open; partitions exist for all of them. At most one poll
 * a store and instant is kept, and where both statuses are given it is `inactive`: so any order and any redelivery, in
 * batches of any size, end in the same tables.
 */
export async function mergeBatch(tx: Session, polls: readonly LivePoll[]): Promise<BatchMerge> {
  const distinct = distinctPolls(polls);
  const { accepted, storesAdded } = await insertPolls(tx, distinct);
  const settled =
    accepted === distinct.at.length ? { conflicting: 0, changed: false } : await settleConflicts(tx.sql, distinct);
  if (accepted + storesAdded > 0 || settled.changed) {
    const newest = distinct.at.reduce((most, at) => Math.max(most, at), -Infinity);
    await noteFleetChange(tx.sql, newest, { announce: true });
  }
  const { conflicting } = settled;
  return { accepted, duplicate: polls.length - accepted - conflicting, conflicting };
}
