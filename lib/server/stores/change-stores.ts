import type { Database, Db } from "@/db/client";
import { applyChange, planChange, type PlannedStore, type StoreChange } from "@/db/queries/bulk/change-stores";
import { listMatchingIds } from "@/db/queries/bulk/fleet-filter";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import { findStoreKeys } from "@/db/queries/bulk/store-keys";
import { findSnapshot, type Snapshot } from "@/db/queries/reports";
import { lockHours } from "@/db/queries/weekly-hours";
import { hasStore } from "@/db/store-set";
import { tagLimits, type AuditAction, type Lifecycle } from "@/lib/contract/enums";
import { mostChangedStores, type ChangeStores, type StoresChanged } from "@/lib/contract/store-changes";
import { changeAccounts, changeAs } from "@/lib/server/access/as-viewer";
import { toFleetFilter } from "@/lib/server/access/fleet-filter";
import { recordAudits } from "@/lib/server/access/record-audit";
import { requireStoreKeys } from "@/lib/server/access/store-keys";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { giveStores, planAccess, requireOwner, type AccessChange, type AccessPlan } from "./give-stores";
import { readHoursEdit } from "./hours-input";
import { planHours, setHours, type HoursPlan } from "./set-hours";

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

/** What a change would do to the stores that may be changed, by their keys. */
interface Plan {
  readonly stores: ReadonlyMap<number, PlannedStore>;
  readonly hours: HoursPlan;
  readonly access: AccessPlan;
}

const nothing = { changing: new Set<number>(), full: new Set<number>() };

/** What becomes of a store. @param key undefined: there is no such store */
function judge(storeId: string, key: number | undefined, { stores, hours, access }: Plan): StoreResult {
  const refuse = (code: StoreResult["code"]): StoreResult => ({ store_id: storeId, result: "refused", code });
  if (key === undefined) return refuse("store_not_found");
  const planned = stores.get(key);
  if (planned === undefined) return refuse("insufficient_scope");
  if (planned.isChange && planned.tagCount > tagLimits.count) return refuse("too_many_tags");
  if (hours.full.has(key)) return refuse("too_many_hours_changes");
  if (access.full.has(key)) return refuse("too_many_grants");
  const isChange = planned.isChange || hours.changing.has(key) || access.changing.has(key);
  return { store_id: storeId, result: isChange ? "changed" : "unchanged", code: null };
}

/** What is changed of the stores. */
interface Change {
  readonly labels: StoreChange;
  readonly hours: ReturnType<typeof readHoursEdit>;
  readonly access: AccessChange | null;
}

/** Locks stores until the transaction ends, and says what a change would do to them. */
async function plan(tx: Db, storeKeys: readonly number[], { labels, hours, access }: Change): Promise<Plan> {
  // Imports of hours are waited for before any row is locked.
  if (hours !== null) await lockHours(tx, storeKeys);
  const stores = new Map((await planChange(tx, storeKeys, labels)).map((one) => [one.storeKey, one]));
  const keys = [...stores.keys()];
  return {
    stores,
    hours:
      hours === null
        ? nothing
        : await planHours(
            tx,
            keys.map((storeKey) => ({ storeKey, ...hours })),
          ),
    access: access === null ? nothing : await planAccess(tx, access, keys),
  };
}

/**
 * Makes a planned change, and records it. @param changed ids and keys of the stores that it makes a difference to
 * @returns whether figures change with it
 */
async function apply(
  tx: Db,
  editor: CurrentViewer,
  { labels, hours, access }: Change,
  planned: Plan,
  changed: readonly { readonly storeId: string; readonly storeKey: number }[],
): Promise<boolean> {
  const keysWithin = (keys: ReadonlySet<number>) =>
    changed.flatMap(({ storeKey }) => (keys.has(storeKey) ? [storeKey] : []));
  const labelled = changed.filter(({ storeKey }) => planned.stores.get(storeKey)?.isChange === true);
  if (labelled.length > 0) {
    await applyChange(
      tx,
      labelled.map(({ storeKey }) => storeKey),
      labels,
    );
  }
  const withHours = keysWithin(planned.hours.changing);
  if (hours !== null && withHours.length > 0) {
    await setHours(
      tx,
      withHours.map((storeKey) => ({ storeKey, ...hours })),
    );
  }
  const given = keysWithin(planned.access.changing);
  if (access !== null && given.length > 0) await giveStores(tx, editor, access, given);
  const byAction = new Map<AuditAction, string[]>();
  const ownChanges = new Set([...labelled.map(({ storeKey }) => storeKey), ...withHours]);
  for (const { storeId, storeKey } of changed) {
    if (!ownChanges.has(storeKey)) continue;
    const action = actionOf(planned.stores.get(storeKey)?.lifecycle, labels.lifecycle);
    const subjects = byAction.get(action) ?? [];
    subjects.push(`store:${storeId}`);
    byAction.set(action, subjects);
  }
  for (const [action, subjects] of byAction) await recordAudits(tx, editor, action, subjects);
  const isOther = [...byAction.keys()].some((action) => action !== "store.change");
  // Brands and groups have calendars.
  const isOfLabels = labelled.length > 0 && (labels.brand !== undefined || labels.groupName !== undefined);
  return isOther || isOfLabels || withHours.length > 0;
}

/**
 * Changes the labels, tags, lifecycle and weekly hours of several stores, and a person's access to them. A store that
 * may not be changed is refused and named; the others are changed together.
 * @throws AppError store_not_found when there is none of them, insufficient_scope when none may be changed, no_snapshot,
 * too_many_stores, invalid_hours, invalid_valid_from, person_not_found, not_an_owner
 */
export async function changeStores(database: Database, viewer: Viewer, body: ChangeStores): Promise<StoresChanged> {
  const labels: StoreChange = {
    ...{ brand: body.brand, groupName: body.group, lifecycle: body.lifecycle },
    ...{ addTags: body.add_tags ?? [], removeTags: body.remove_tags ?? [] },
  };
  const hours = readHoursEdit(body);
  // Row-level security hides it.
  const snapshot = body.filter === undefined ? null : await findSnapshot(database, null);
  const change = async (tx: Db, editor: CurrentViewer) => {
    const access = body.access === undefined ? null : await requireOwner(tx, editor, body.access);
    const ids = await idsOf(tx, editor, body, snapshot);
    const keys = await findStoreKeys(tx, ids, editor.stores);
    if (keys.size === 0 && ids.length > 0) await requireStoreKeys(tx, editor, ids);
    const managed = [...new Set(keys.values())].filter((key) => hasStore(editor.managed, key));
    if (managed.length === 0 && ids.length > 0) {
      throw new AppError("insufficient_scope", "You may read the data of these stores, but not change it.");
    }
    const planned = await plan(tx, managed, { labels, hours, access });
    // Merged or deleted until they were locked.
    const gone = new Set(managed.filter((key) => !planned.stores.has(key)));
    const presentKey = (id: string): number | undefined => {
      const key = keys.get(id);
      return key === undefined || gone.has(key) ? undefined : key;
    };
    const judged = eachStoreOnce(ids, keys).map((id) => judge(id, presentKey(id), planned));
    const changed = judged
      .filter(({ result }) => result === "changed")
      .map(({ store_id: storeId }) => ({ storeId, storeKey: keys.get(storeId) ?? 0 }));
    if (body.dry_run || changed.length === 0) return { results: judged, changesFigures: false };
    const changesFigures = await apply(tx, editor, { labels, hours, access }, planned, changed);
    if (changesFigures) await recordFleetChange(tx, null);
    return { results: judged, changesFigures };
  };
  const { results, changesFigures } = await (body.access === undefined
    ? changeAs(database, viewer, change)
    : changeAccounts(database, viewer, change));
  if (changesFigures) await announceFleetChange(database);
  const count = (of: StoreResult["result"]): number => results.filter(({ result }) => result === of).length;
  return {
    dry_run: body.dry_run,
    ...{ changed: count("changed"), unchanged: count("unchanged"), refused: count("refused") },
    results,
  };
}
