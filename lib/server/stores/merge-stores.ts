import type { Database } from "@/db/client";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import {
  moveMergedPolls,
  moveMergedPollsBack,
  readMergeEffect,
  separateCalendars,
  separateGrants,
  uniteCalendars,
  uniteGrants,
  type MergeEffect,
} from "@/db/queries/bulk/merge-stores";
import { lockCalendars } from "@/db/queries/calendars";
import { ensurePollPartitions } from "@/db/queries/bulk/poll-partitions";
import {
  findMerge,
  forgetMerge,
  insertMerge,
  listMerges,
  markUndone,
  separateStore,
  weeksOfMerge,
  type StoreMergeRow,
} from "@/db/queries/store-merges";
import { lockStores } from "@/db/queries/stores";
import { lifecycles } from "@/lib/contract/enums";
import { storeUndoHours, type MergeStore, type StoreMerge, type StoreMergeList } from "@/lib/contract/store-record";
import { faultPoint } from "@/lib/faults/fault-point";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudits } from "@/lib/server/access/record-audit";
import { requireFleet, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { pageById } from "@/lib/server/wire/cursor";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { hourMs } from "@/lib/uptime/units";
import { requireManaged } from "./require-store";

const noEffect: Omit<MergeEffect, "polls"> = { added: 0, conflicting: 0, people: 0, keys: 0 };

function toWire(row: StoreMergeRow, effect: Omit<MergeEffect, "polls"> = noEffect): StoreMerge {
  const until = row.createdAt + storeUndoHours * hourMs;
  return {
    id: row.id,
    store_id: row.targetId,
    source_id: row.sourceId,
    polls: row.polls,
    ...{ polls_added: effect.added, polls_conflicting: effect.conflicting },
    ...{ people_added: effect.people, limited_keys: effect.keys },
    merged_at: isoInstant(row.createdAt),
    undoable_until: row.undoneAt === null && until > Date.now() ? isoInstant(until) : null,
    undone_at: isoOrNull(row.undoneAt),
  };
}

/**
 * Merges another store into a store: its polls by the rule of all polls, its grants and calendars; its id becomes an earlier id. Nothing
 * is kept of a merge that fails halfway. @throws AppError store_not_found, duplicate_store
 */
export async function mergeStore(
  database: Database,
  viewer: Viewer,
  targetId: string,
  { source_id: sourceId, dry_run: isPreview }: MergeStore,
): Promise<StoreMerge> {
  if (sourceId === targetId) throw new AppError("duplicate_store", `Store ${sourceId} cannot be merged into itself.`);
  const merged = await changeAs(database, viewer, async (tx, editor) => {
    requireFleet(editor);
    const found = [await requireManaged(tx, editor, targetId), await requireManaged(tx, editor, sourceId)];
    await lockStores(
      tx,
      found.map(({ storeKey }) => storeKey),
    );
    // Either may have been merged or deleted until it was locked.
    const target = await requireManaged(tx, editor, targetId);
    const source = await requireManaged(tx, editor, sourceId);
    const pair = { sourceKey: source.storeKey, targetKey: target.storeKey };
    const effect = await readMergeEffect(tx, pair);
    if (isPreview) {
      const none = { id: null, merged_at: null, undoable_until: null, undone_at: null };
      return {
        ...{ store_id: targetId, source_id: sourceId, polls: effect.polls, polls_added: effect.added },
        ...{ polls_conflicting: effect.conflicting, people_added: effect.people, limited_keys: effect.keys },
        ...none,
      };
    }
    const sourceLifecycle = lifecycles.find((one) => one === source.lifecycle) ?? "active";
    const merge = await insertMerge(tx, { ...pair, sourceId, targetId, sourceLifecycle, polls: effect.polls });
    await moveMergedPolls(tx, merge.id, pair);
    await faultPoint("merge.moved");
    await uniteGrants(tx, merge.id, pair);
    await lockCalendars(tx);
    await uniteCalendars(tx, merge.id, pair);
    await recordAudits(tx, editor, "store.merge", [`store:${targetId}`, `store:${sourceId}`]);
    await recordFleetChange(tx, null);
    return toWire(merge, effect);
  });
  if (!isPreview) await announceFleetChange(database);
  return merged;
}

export async function getStoreMerges(
  database: Database,
  viewer: Viewer,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<StoreMergeList> {
  requireFleet(viewer);
  const { rows, nextCursor } = await pageById(database, viewer, ["store-merges"], query, (before, limit) =>
    listMerges(database, before, limit),
  );
  return { merges: rows.map((row) => toWire(row)), next_cursor: nextCursor };
}

/** @throws AppError merge_not_found, merge_not_undoable */
export async function undoMerge(database: Database, viewer: Viewer, id: number | null): Promise<StoreMerge> {
  requireFleet(viewer);
  const found = id === null ? null : await findMerge(database, id);
  if (found === null) throw new AppError("merge_not_found", "There is no such merge.");
  await ensurePollPartitions(database, await weeksOfMerge(database, found.id));
  const undone = await changeAs(database, viewer, async (tx, editor) => {
    requireFleet(editor);
    await lockStores(tx, [found.sourceKey, found.targetKey]);
    const merge = await markUndone(tx, found.id, storeUndoHours);
    if (merge === null) {
      const reason = found.undoneAt === null ? "A merge can be undone for one day." : "It was already undone.";
      throw new AppError("merge_not_undoable", reason);
    }
    if (!(await separateStore(tx, merge))) {
      throw new AppError("merge_not_undoable", "The stores have been merged further since. Undo that merge first.");
    }
    await moveMergedPollsBack(tx, merge.id, merge);
    await separateGrants(tx, merge.id, merge);
    await separateCalendars(tx, merge.id, merge);
    await forgetMerge(tx, merge.id);
    const subjects = [`store:${merge.targetId}`, `store:${merge.sourceId}`];
    await recordAudits(tx, editor, "store.unmerge", subjects);
    await recordFleetChange(tx, null);
    return toWire(merge);
  });
  await announceFleetChange(database);
  return undone;
}
