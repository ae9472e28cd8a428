import type { Database, Db } from "@/db/client";
import { applyChange, planChange, type PlannedStore, type StoreChange } from "@/db/queries/bulk/change-stores";
import { listMatchingIds } from "@/db/queries/bulk/fleet-list";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { findStoreKeys } from "@/db/queries/bulk/store-keys";
import { findSnapshot, type Snapshot } from "@/db/queries/reports";
import { hasStore } from "@/db/store-set";
import { tagLimits, type AuditAction, type Lifecycle } from "@/lib/contract/enums";
import { mostChangedStores, type ChangeStores, type StoresChanged } from "@/lib/contract/store-changes";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudits } from "@/lib/server/access/record-audit";
import { requireStoreKeys } from "@/lib/server/access/store-keys";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { toFleetFilter } from "@/lib/server/access/fleet-filter";

type StoreResult = StoresChanged["results"][number];

/** The action of the audit log for a change of a store. @param after undefined: its lifecycle stays */
export function actionOf(before: PlannedStore["lifecycle"] | undefined, after: Lifecycle | undefined): AuditAction {
  if (after === undefined || after === before) return "store.change";
  if (after === "paused") return "store.pause";
  if (after === "retired") return "store.retire";
  return before === "retired" ? "store.reinstate" : "store.resume";
}

/** @throws AppError no_snapshot, too_many_stores */
async function idsOf(
  tx: Db,
  viewer: CurrentViewer,
  { store_ids: ids, filter }: ChangeStores,
  snapshot: Snapshot | null,
) {
  if (filter === undefined) return [...new Set(ids ?? [])];
  if (snapshot === null) {
    throw new AppError("no_snapshot", "The fleet has no figures yet, so no filter matches. Send store_ids.");
  }
  const matching = await listMatchingIds(tx, snapshot.id, toFleetFilter(viewer, filter), mostChangedStores + 1);
  if (matching.length <= mostChangedStores) return matching;
  const most = mostChangedStores.toLocaleString("en-US");
  throw new AppError("too_many_stores", `More than ${most} stores match. Narrow the filter, or send store_ids.`);
}

/** Leaves out ids of a store that another one of the ids names already. */
function eachStoreOnce(ids: readonly string[], keys: ReadonlyMap<string, number>): readonly string[] {
  const byStore = new Map<number | string, string>();
  for (const id of ids) {
    const store = keys.get(id) ?? id;
    if (!byStore.has(store)) byStore.set(store, id);
  }
  return [...byStore.values()];
}

/** What becomes of a store. @param key undefined: there is no such store   @param planned of a store that may be changed */
function judge(storeId: string, key: number | undefined, planned: PlannedStore | undefined): StoreResult {
  const refuse = (code: StoreResult["code"]): StoreResult => ({ store_id: storeId, result: "refused", code });
  if (key === undefined) return refuse("store_not_found");
  if (planned === undefined) return refuse("insufficient_scope");
  if (planned.isChange && planned.tagCount > tagLimits.count) return refuse("too_many_tags");
  return { store_id: storeId, result: planned.isChange ? "changed" : "unchanged", code: null };
}

/**
 * Changes the labels, tags and lifecycle of several stores. A store that may not be changed is refused and named; the
 * others are changed together.
 * @throws AppError store_not_found when there is none of them, insufficient_scope when none may be changed, no_snapshot,
 * too_many_stores
 */
export async function changeStores(database: Database, viewer: Viewer, body: ChangeStores): Promise<StoresChanged> {
  const change: StoreChange = {
    ...{ brand: body.brand, groupName: body.group, lifecycle: body.lifecycle },
    ...{ addTags: body.add_tags ?? [], removeTags: body.remove_tags ?? [] },
  };
  // Row-level security hides it.
  const snapshot = body.filter === undefined ? null : await findSnapshot(database, null);
  const { results, changesFigures } = await changeAs(database, viewer, async (tx, editor) => {
    const ids = await idsOf(tx, editor, body, snapshot);
    const keys = await findStoreKeys(tx, ids, editor.stores);
    if (keys.size === 0 && ids.length > 0) await requireStoreKeys(tx, editor, ids);
    const managed = [...new Set(keys.values())].filter((key) => hasStore(editor.managed, key));
    if (managed.length === 0 && ids.length > 0) {
      throw new AppError("insufficient_scope", "You may read the data of these stores, but not change it.");
    }
    const planned = new Map((await planChange(tx, managed, change)).map((one) => [one.storeKey, one]));
    const plannedOf = (id: string): PlannedStore | undefined => planned.get(keys.get(id) ?? 0);
    // Merged or deleted until they were locked.
    const gone = new Set(managed.filter((key) => !planned.has(key)));
    const presentKey = (id: string): number | undefined => {
      const key = keys.get(id);
      return key === undefined || gone.has(key) ? undefined : key;
    };
    const judged = eachStoreOnce(ids, keys).map((id) => judge(id, presentKey(id), plannedOf(id)));
    const changed = judged.filter(({ result }) => result === "changed").map(({ store_id: id }) => id);
    if (body.dry_run || changed.length === 0) return { results: judged, changesFigures: false };
    await applyChange(tx, [...new Set(changed.map((id) => keys.get(id) ?? 0))], change);
    const byAction = new Map<AuditAction, string[]>();
    for (const id of changed) {
      const action = actionOf(plannedOf(id)?.lifecycle, change.lifecycle);
      const subjects = byAction.get(action) ?? [];
      subjects.push(`store:${id}`);
      byAction.set(action, subjects);
    }
    for (const [action, subjects] of byAction) await recordAudits(tx, editor, action, subjects);
    const isOther = [...byAction.keys()].some((action) => action !== "store.change");
    // Brands and groups have calendars.
    const isOfFigures = isOther || body.brand !== undefined || body.group !== undefined;
    if (isOfFigures) await recordFleetChange(tx, null);
    return { results: judged, changesFigures: isOfFigures };
  });
  if (changesFigures) await announceFleetChange(database);
  const count = (of: StoreResult["result"]): number => results.filter(({ result }) => result === of).length;
  return {
    dry_run: body.dry_run,
    ...{ changed: count("changed"), unchanged: count("unchanged"), refused: count("refused") },
    results,
  };
}
