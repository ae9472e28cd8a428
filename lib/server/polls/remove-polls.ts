import type { Database, Db } from "@/db/client";
import { announceFleetChange, recordFewerPolls, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { ensurePollPartitions } from "@/db/queries/bulk/poll-partitions";
import {
  countPollsInRange,
  findPollRemoval,
  listPollRemovals,
  removePolls,
  restorePolls,
  undoHours,
  weeksOfRemoval,
  type PollRemoval as RemovalRow,
} from "@/db/queries/poll-removals";
import { findStore } from "@/db/queries/stores";
import { hasStore } from "@/db/store-set";
import {
  largestRemoval,
  type PollRemoval,
  type PollRemovalList,
  type PollRemovalsQuery,
  type RemovePollsQuery,
} from "@/lib/contract/poll-removals";
import { readAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { pageById } from "@/lib/server/wire/cursor";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { parseInstant } from "@/lib/server/wire/as-of";
import type { EpochMs } from "@/lib/uptime/types";
import { hourMs } from "@/lib/uptime/units";

function toWire(row: RemovalRow): PollRemoval {
  return {
    id: row.id,
    store_id: row.storeId,
    from: isoInstant(row.from),
    to: isoInstant(row.to),
    polls: row.polls,
    removed_at: isoInstant(row.createdAt),
    undoable_until: row.undoable ? isoInstant(row.createdAt + undoHours * hourMs) : null,
    undone_at: isoOrNull(row.undoneAt),
  };
}

/** @throws AppError invalid_from, invalid_to, invalid_range */
export function readRemovalRange({ from, to }: RemovePollsQuery): { readonly from: EpochMs; readonly to: EpochMs } {
  const range = { from: parseInstant("from", from), to: parseInstant("to", to) };
  if (range.from < range.to) return range;
  const reason = "from must be before to.";
  throw new AppError("invalid_range", reason, { faults: [{ pointer: "/from", code: "invalid_range", reason }] });
}

/**
 * The key of a store whose data the viewer may change.
 * @throws AppError store_not_found, insufficient_scope
 */
export async function findManagedStore(db: Db, viewer: CurrentViewer, storeId: string): Promise<number> {
  const store = await findStore(db, storeId, viewer.stores);
  if (store === null) throw new AppError("store_not_found", `There is no store ${storeId}.`);
  requireManagedKey(viewer, store.storeKey);
  return store.storeKey;
}

/**
 * Removes the polls of a store in a range, in the open transaction. They can be restored for a day.
 * @throws AppError store_not_found, insufficient_scope, too_many_polls
 */
export async function removeStorePolls(
  tx: Db,
  viewer: CurrentViewer,
  storeId: string,
  range: { readonly from: EpochMs; readonly to: EpochMs },
): Promise<PollRemoval> {
  const storeKey = await findManagedStore(tx, viewer, storeId);
  if ((await countPollsInRange(tx, { storeKey, ...range }, largestRemoval + 1)) > largestRemoval) {
    const reason = `The range has more than ${largestRemoval.toLocaleString("en-US")} polls. Remove them in shorter ranges.`;
    throw new AppError("too_many_polls", reason, { faults: [{ pointer: "/from", code: "too_many_polls", reason }] });
  }
  const removal = await removePolls(tx, { storeKey, storeId, ...range });
  await recordAudit(tx, viewer, "polls.remove", `store:${storeId}`);
  await recordFewerPolls(tx);
  return toWire(removal);
}

function requireManagedKey({ managed }: CurrentViewer, storeKey: number): void {
  if (hasStore(managed, storeKey)) return;
  throw new AppError("insufficient_scope", "You may read this store's data, but not change it.");
}

const notFound = (): AppError => new AppError("removal_not_found", "There is no such removal.");

/** Prepares `undoRemoval` outside its transaction. @throws AppError removal_not_found */
export async function prepareUndo(database: Database, viewer: Viewer, id: number | null): Promise<number> {
  const found = id === null ? null : await readAs(database, viewer, (db) => findPollRemoval(db, id, viewer.stores));
  if (found === null) throw notFound();
  // A week that was dropped since is created again, and dropped with the other old weeks later.
  await ensurePollPartitions(database, await weeksOfRemoval(database, found.id));
  return found.id;
}

/**
 * A removal of polls of a store whose data the viewer may change.
 * @throws AppError removal_not_found, insufficient_scope
 */
export async function findManagedRemoval(db: Db, viewer: CurrentViewer, id: number): Promise<RemovalRow> {
  const found = await findPollRemoval(db, id, viewer.stores);
  if (found === null) throw notFound();
  requireManagedKey(viewer, found.storeKey);
  return found;
}

/**
 * Restores the polls of a removal, merged with what arrived since, in the open transaction.
 * @throws AppError removal_not_found, insufficient_scope, removal_not_undoable
 */
export async function undoRemoval(tx: Db, viewer: CurrentViewer, id: number): Promise<PollRemoval> {
  const found = await findManagedRemoval(tx, viewer, id);
  const restored = await restorePolls(tx, id);
  if (restored === null) {
    const reason = found.undoneAt === null ? "A removal can be undone for one day." : "It was already undone.";
    throw new AppError("removal_not_undoable", reason);
  }
  await recordAudit(tx, viewer, "polls.restore", `store:${found.storeId}`);
  await recordFleetChange(tx, restored.newest);
  return toWire(restored.removal);
}

/** Notifies the snapshot worker, once a removal or its undo is committed. */
export function announceRemoval(database: Database): Promise<void> {
  return announceFleetChange(database);
}

/** Poll removals of the stores that the viewer sees, newest first. @throws AppError invalid_cursor */
export async function getPollRemovals(
  database: Database,
  viewer: Viewer,
  query: PollRemovalsQuery,
): Promise<PollRemovalList> {
  const { rows, nextCursor } = await pageById(database, viewer, ["poll-removals"], query, (before, limit) =>
    readAs(database, viewer, (db) => listPollRemovals(db, viewer.stores, before, limit)),
  );
  return { removals: rows.map(toWire), next_cursor: nextCursor };
}
