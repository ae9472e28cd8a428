import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { personGroups, personStores, type StoredGrant } from "@/db/schema/people";
import { stores } from "@/db/schema/stores";
import { isAmong } from "@/db/store-set";

/** One grant per name: it allows changes if any of the given ones does. */
function oneEach(grants: readonly (readonly [name: string, manage: boolean])[]): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const [name, manage] of grants) found.set(name, manage || found.get(name) === true);
  return found;
}

/** Replaces a person's grants. Unknown stores are skipped. */
export async function replaceGrants(tx: Db, personId: number, grants: readonly StoredGrant[]): Promise<void> {
  await tx.delete(personStores).where(eq(personStores.personId, personId));
  await tx.delete(personGroups).where(eq(personGroups.personId, personId));
  const ofStores = oneEach(grants.flatMap((one) => ("storeId" in one ? [[one.storeId, one.manage] as const] : [])));
  const ofGroups = oneEach(grants.flatMap((one) => ("group" in one ? [[one.group, one.manage] as const] : [])));
  const known =
    ofStores.size === 0
      ? []
      : await tx
          .select({ storeKey: stores.storeKey, storeId: stores.storeId })
          .from(stores)
          .where(inArray(stores.storeId, [...ofStores.keys()]));
  if (known.length > 0) {
    await tx
      .insert(personStores)
      .values(known.map(({ storeKey, storeId }) => ({ personId, storeKey, manage: ofStores.get(storeId) === true })));
  }
  if (ofGroups.size > 0) {
    await tx.insert(personGroups).values([...ofGroups].map(([groupName, manage]) => ({ personId, groupName, manage })));
  }
}

/** The grants of each person, as given: the stores in order of id, then the groups in order of name. */
export async function listGrants(db: Db): Promise<ReadonlyMap<number, readonly StoredGrant[]>> {
  const ofStores = await db
    .select({ personId: personStores.personId, storeId: stores.storeId, manage: personStores.manage })
    .from(personStores)
    .innerJoin(stores, eq(stores.storeKey, personStores.storeKey))
    .orderBy(asc(personStores.personId), asc(stores.storeId));
  const ofGroups = await db
    .select()
    .from(personGroups)
    .orderBy(asc(personGroups.personId), asc(personGroups.groupName));
  const grants = new Map<number, StoredGrant[]>();
  const add = (personId: number, grant: StoredGrant): void => {
    const of = grants.get(personId) ?? [];
    grants.set(personId, of);
    of.push(grant);
  };
  for (const { personId, storeId, manage } of ofStores) add(personId, { storeId, manage });
  for (const { personId, groupName, manage } of ofGroups) add(personId, { group: groupName, manage });
  return grants;
}

/** The stores that a person was given by name, each with whether they may change it, and the number of their groups. */
export async function findGrantedStores(
  db: Db,
  personId: number,
): Promise<{ readonly stores: ReadonlyMap<number, boolean>; readonly groups: number }> {
  const { storeKey, manage } = personStores;
  const rows = await db.select({ storeKey, manage }).from(personStores).where(eq(personStores.personId, personId));
  const groups = await db.$count(personGroups, eq(personGroups.personId, personId));
  return { stores: new Map(rows.map((row) => [row.storeKey, row.manage])), groups };
}

/** Gives stores to a person, or takes them back. @param manage null: takes them back */
export async function grantStores(
  tx: Db,
  personId: number,
  storeKeys: readonly number[],
  manage: boolean | null,
): Promise<void> {
  if (storeKeys.length === 0) return;
  if (manage === null) {
    await tx
      .delete(personStores)
      .where(and(eq(personStores.personId, personId), isAmong(personStores.storeKey, storeKeys)));
    return;
  }
  await tx
    .insert(personStores)
    .values(storeKeys.map((storeKey) => ({ personId, storeKey, manage })))
    .onConflictDoUpdate({ target: [personStores.personId, personStores.storeKey], set: { manage } });
}

/** Those of the stores that have a name, in order of their ids. */
export async function listStoreNames(
  db: Db,
  storeIds: readonly string[],
): Promise<readonly { readonly storeId: string; readonly name: string }[]> {
  if (storeIds.length === 0) return [];
  const { storeId, name } = stores;
  const rows = await db
    .select({ storeId, name })
    .from(stores)
    .where(and(inArray(storeId, [...new Set(storeIds)]), isNotNull(name)))
    .orderBy(asc(storeId));
  return rows.flatMap((row) => (row.name === null ? [] : [{ storeId: row.storeId, name: row.name }]));
}
