import type { Session } from "@/db/transaction";
import { announceFleetChange, noteFleetChange } from "@/db/queries/fleet-state";
import { ensureStoreKeys, insertNewPolls, settleConflicts, type PollColumns } from "@/db/queries/poll-batch";
import type { LivePoll } from "./poll-rules";

export interface BatchMerge {
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
}

/** A poll of store number `store`, counted in `ids`. */
interface NumberedPoll {
  readonly key: number;
  readonly at: number;
  readonly active: number;
}

function columns(polls: readonly NumberedPoll[]): PollColumns {
  return {
    storeKeys: polls.map(({ key }) => key),
    at: polls.map(({ at }) => at),
    active: polls.map(({ active }) => active),
  };
}

/**
 * Merges polls into what is known, in the transaction that is open; partitions exist for all of them. At most one poll
 * a store and instant is kept, and where both statuses are given it is `inactive`: so any order and any redelivery, in
 * batches of any size, end in the same tables.
 */
export async function mergeBatch({ sql }: Session, polls: readonly LivePoll[]): Promise<BatchMerge> {
  const ids = [...new Set(polls.map(({ storeId }) => storeId))].sort();
  const stores = await ensureStoreKeys(sql, ids);
  const keyOf = new Map(ids.map((id, index) => [id, stores.keys[index]!]));
  // In key order, which the key's index takes fastest and in which concurrent batches never wait in a ring.
  const sorted = polls
    .map(({ storeId, at, status }) => ({ key: keyOf.get(storeId) ?? 0, at, active: status === "active" ? 1 : 0 }))
    .sort((a, b) => a.key - b.key || a.at - b.at || a.active - b.active);
  const same = (a: NumberedPoll | undefined, b: NumberedPoll): boolean => a?.key === b.key && a.at === b.at;
  const firsts = sorted.filter((poll, index) => !same(sorted[index - 1], poll));
  const distinct = sorted.filter((poll, index) => {
    const before = sorted[index - 1];
    return !same(before, poll) || before?.active !== poll.active;
  });

  const accepted = await insertNewPolls(sql, columns(firsts));
  const settled =
    accepted === distinct.length ? { conflicting: 0, changed: false } : await settleConflicts(sql, columns(distinct));
  if (accepted + stores.added > 0 || settled.changed) {
    await announceFleetChange(sql);
    await noteFleetChange(
      sql,
      sorted.reduce((newest, { at }) => Math.max(newest, at), -Infinity),
    );
  }
  const { conflicting } = settled;
  return { accepted, duplicate: polls.length - accepted - conflicting, conflicting };
}
