import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { joinGranted, type GrantedKeys } from "./grants";

/** How exact `last_used_at` is. */
const usedMinutes = 5;

/** A key as a request brings it. */
export interface PresentedKey extends GrantedKeys {
  readonly secretHash: Buffer;
  readonly scopes: readonly string[];
  readonly storeKeys: readonly number[] | null;
  readonly personId: number | null;
  readonly role: "operator" | "owner" | null;
  readonly usable: boolean;
}

export async function findKey({ sql }: Db, id: string): Promise<PresentedKey | null> {
  const [row] = await sql<(Omit<PresentedKey, "personId"> & { person_id: string | null })[]>`
    select k.secret_hash as "secretHash", k.scopes, k.store_keys as "storeKeys", k.person_id, p.role, granted.seen,
      granted.managed, k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp()) as usable
    from api_keys k left join people p on p.id = k.person_id ${joinGranted(sql)}
    where k.id = ${id}`;
  if (row === undefined) return null;
  const { person_id, ...key } = row;
  return { ...key, personId: person_id === null ? null : Number(person_id) };
}

/**
 * A key as it is now; until the transaction ends neither it can be revoked nor its owner be changed or deleted.
 * @param personId its owner; null: it is the fleet's
 */
export async function holdKey(tx: Db, id: string, personId: number | null): Promise<PresentedKey | null> {
  // In one round trip, and each with a snapshot of its own: the last sees what the locks waited for. The person comes
  // first, as for whoever changes them. The notes on a key's use wait for none of these locks.
  const [, , key] = await Promise.all([
    tx.sql`select from people where id = ${personId}::bigint for share`,
    tx.sql`select from api_keys where id = ${id} for key share`,
    findKey(tx, id),
  ]);
  return key;
}

export async function touchKey({ sql }: Db, id: string): Promise<void> {
  await sql`
    update api_keys set last_used_at = now()
    where id = ${id} and (last_used_at is null or last_used_at < now() - make_interval(mins => ${usedMinutes}))`;
}

/** @returns whether it was not known before that the key was exposed */
export async function recordKeyExposure({ sql }: Db, id: string): Promise<boolean> {
  const { count } = await sql`update api_keys set exposed_at = now() where id = ${id} and exposed_at is null`;
  return count > 0;
}

export interface NewKey {
  readonly id: string;
  readonly name: string;
  readonly secretHash: Buffer;
  readonly scopes: readonly string[];
  readonly storeKeys: readonly number[] | null;
  readonly personId: number | null;
  readonly createdBy: string;
  /** ISO 8601. */
  readonly expiresAt: string | null;
}

export async function insertKey({ sql }: Db, key: NewKey): Promise<void> {
  await sql`
    insert into api_keys (id, name, secret_hash, scopes, store_keys, person_id, created_by, expires_at)
    values (${key.id}, ${key.name}, ${key.secretHash}, ${[...key.scopes]}::text[],
      ${key.storeKeys === null ? null : [...key.storeKeys]}::int[], ${key.personId}, ${key.createdBy}, ${key.expiresAt})`;
}

export interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly storeKeys: readonly number[] | null;
  readonly storeIds: readonly string[] | null;
  readonly personId: number | null;
  readonly createdBy: string;
  readonly state: "active" | "expired" | "revoked";
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly exposedAt: string | null;
}

/** Keys, the newest first. @param maker only those made by them; null: all   @param id only that one */
export async function listKeys({ sql }: Db, maker: string | null, id: string | null = null): Promise<KeyRow[]> {
  const rows = await sql<(Omit<KeyRow, "personId"> & { personId: string | null })[]>`
    select k.id, k.name, k.scopes, k.store_keys as "storeKeys", k.person_id as "personId", k.created_by as "createdBy",
      case when k.store_keys is not null then array(
        select s.store_id from stores s where s.store_key = any(k.store_keys) order by 1) end as "storeIds",
      case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired' else 'active' end as state,
      k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt",
      k.last_used_at as "lastUsedAt", k.exposed_at as "exposedAt"
    from api_keys k
    where ${maker === null ? sql`true` : sql`k.created_by = ${maker}`} and ${id === null ? sql`true` : sql`k.id = ${id}`}
    order by k.created_at desc, k.id`;
  return rows.map((row) => ({ ...row, personId: row.personId === null ? null : Number(row.personId) }));
}

/** How many active keys have the name, of one maker; nobody else makes one of it until the transaction ends. */
export async function countActiveOfName({ sql }: Db, maker: string, name: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.keyNames}, hashtext(${`${maker} ${name}`}))`;
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from api_keys
    where created_by = ${maker} and name = ${name} and revoked_at is null and (expires_at is null or expires_at > now())`;
  return row?.count ?? 0;
}

/**
 * Revokes a key; from the moment this is committed every replica refuses it.
 * @returns whether it was not revoked before
 */
export async function revokeKey({ sql }: Db, id: string): Promise<boolean> {
  // An update alone would not wait for what the key is doing, as `holdKey` has it.
  await sql`select from api_keys where id = ${id} for update`;
  const { count } = await sql`update api_keys set revoked_at = now() where id = ${id} and revoked_at is null`;
  return count > 0;
}

/** Revokes what somebody made. */
export async function revokeKeysOf({ sql }: Db, maker: string): Promise<void> {
  await sql`select from api_keys where created_by = ${maker} order by id for update`;
  await sql`update api_keys set revoked_at = now() where created_by = ${maker} and revoked_at is null`;
}
