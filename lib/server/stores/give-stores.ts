import type { Db } from "@/db/client";
import { findGrantedStores, grantStores } from "@/db/queries/grants";
import { lockPerson } from "@/db/queries/people";
import { deleteSessionsOf } from "@/db/queries/sessions";
import { mostGrants } from "@/lib/contract/access";
import type { AccessLevel } from "@/lib/contract/enums";
import { needs } from "@/lib/contract/scopes";
import type { ChangeStores } from "@/lib/contract/store-changes";
import { personPrincipal } from "@/lib/server/access/person-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireAccess, type CurrentViewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";

/** A change of what an owner may do with stores. */
export interface AccessChange {
  readonly personId: number;
  readonly level: AccessLevel;
}

const manageOf = (level: AccessLevel): boolean | null => (level === "none" ? null : level === "edit");

/**
 * Locks the person whose access to stores is changed. Call it with the accounts locked.
 * @throws AppError insufficient_scope, person_not_found, not_an_owner
 */
export async function requireOwner(
  tx: Db,
  viewer: CurrentViewer,
  { person_id: personId, level }: NonNullable<ChangeStores["access"]>,
): Promise<AccessChange> {
  requireAccess(viewer, needs.access);
  const person = await lockPerson(tx, personId);
  if (person === null) throw new AppError("person_not_found", "There is no such person.");
  if (person.role === "owner") return { personId, level };
  throw new AppError("not_an_owner", "Operators see every store. Make them an owner to choose their stores.");
}

/** What a change of access would do, by keys of stores. */
export interface AccessPlan {
  /** The person's access to these stores would differ. */
  readonly changing: ReadonlySet<number>;
  /** The person has as many stores and groups as they may, and not this one. */
  readonly full: ReadonlySet<number>;
}

/** Says what `giveStores` would do. @param storeKeys in the order in which they are given while there is room */
export async function planAccess(
  tx: Db,
  { personId, level }: AccessChange,
  storeKeys: readonly number[],
): Promise<AccessPlan> {
  const { stores, groups } = await findGrantedStores(tx, personId);
  const manage = manageOf(level);
  const changing = storeKeys.filter((key) => (stores.get(key) ?? null) !== manage);
  if (manage === null) return { changing: new Set(changing), full: new Set() };
  const room = Math.max(0, mostGrants - groups - stores.size);
  const full = changing.filter((key) => !stores.has(key)).slice(room);
  return { changing: new Set(changing), full: new Set(full) };
}

/** Changes a person's access to stores, signs them out everywhere, and records it. */
export async function giveStores(
  tx: Db,
  viewer: CurrentViewer,
  { personId, level }: AccessChange,
  storeKeys: readonly number[],
): Promise<void> {
  await grantStores(tx, personId, storeKeys, manageOf(level));
  await deleteSessionsOf(tx, personId);
  await recordAudit(tx, viewer, "person.change", personPrincipal(personId));
}
