import type { PendingQuery, Row } from "postgres";
import type { Db, Sql } from "@/db/client";
import { as, orNull, readRow, type RowOf } from "@/db/rows";
import { apiKeys } from "@/db/schema/api-keys";
import { people, sessions } from "@/db/schema/people";

// Every request starts with one of these statements, so they are raw: the builder takes three times as long over them.

/** A session unused for this long ends. */
export const idleDays = 7;
/** Precision of `last_seen_at` and of `last_used_at`. */
const precisionMinutes = 5;

/** The stores that a person may see and may change, as keys; both null for an operator, who sees all. */
const grantedColumns = { seen: orNull(as.numberArray), managed: orNull(as.numberArray) };

/** Joins `granted (seen, managed)` to a row of `people as p`, with the stores that are in the person's groups now. */
const joinGranted = (sql: Sql) => sql`
  left join lateral (
    select coalesce(array_agg(g.store_key order by g.store_key), '{}') as seen,
      coalesce(array_agg(g.store_key order by g.store_key) filter (where g.manage), '{}') as managed
    from (
      select store_key, bool_or(manage) as manage
      from (
        select store_key, manage from person_stores where person_id = p.id
        union all
        select s.store_key, pg.manage from person_groups pg join stores s on s.group_name = pg.group_name
        where pg.person_id = p.id
      ) as given group by store_key
    ) as g
  ) as granted on p.role = 'owner'`;

const sessionRow = {
  sessionId: sessions.id,
  personId: people.id,
  name: people.name,
  email: people.email,
  role: people.role,
  ...grantedColumns,
  stale: as.boolean,
};

/** A person as a session has them. */
export type SessionPerson = Omit<RowOf<typeof sessionRow>, "stale">;

/** The person of a session that has not ended by the database's clock. @param which of `sessions as ses` */
const selectSession = ({ sql }: Db, which: PendingQuery<Row[]>) =>
  readRow(
    sql`
      select ses.id as session_id, p.id as person_id, p.name, p.email, p.role, granted.seen, granted.managed,
        ses.last_seen_at < now() - make_interval(mins => ${precisionMinutes}) as stale
      from sessions ses join people p on p.id = ses.person_id ${joinGranted(sql)}
      where ${which} and ses.expires_at > clock_timestamp()
        and ses.last_seen_at > clock_timestamp() - make_interval(days => ${idleDays})`,
    sessionRow,
  );

/** The person of a token; null when its session has ended or never existed. */
export async function findSession(db: Db, tokenHash: Uint8Array): Promise<SessionPerson | null> {
  const { sql } = db;
  const found = await selectSession(db, sql`ses.token_hash = ${tokenHash}`);
  if (found === null) return null;
  const { stale, ...person } = found;
  if (stale) await sql`update sessions set last_seen_at = now() where id = ${person.sessionId}`;
  return person;
}

/**
 * Reads the person of a session and locks both: until the transaction ends the session cannot end and the person can
 * neither be changed nor deleted.
 * @returns null when the session has ended
 */
export async function lockSession(tx: Db, sessionId: number, personId: number): Promise<SessionPerson | null> {
  const { sql } = tx;
  // Sent together in one round trip; each has its own snapshot, so the last sees what the locks waited for. The person
  // is locked first, as in every transaction that changes a person.
  const [, , found] = await Promise.all([
    sql`select from people where id = ${personId} for share`,
    sql`select from sessions where id = ${sessionId} for key share`,
    selectSession(tx, sql`ses.id = ${sessionId} and ses.person_id = ${personId}`),
  ]);
  if (found === null) return null;
  const { stale: _stale, ...person } = found;
  return person;
}

const keyRow = {
  secretHash: apiKeys.secretHash,
  scopes: apiKeys.scopes,
  storeKeys: apiKeys.storeKeys,
  personId: apiKeys.personId,
  role: orNull(people.role),
  ...grantedColumns,
  usable: as.boolean,
};

/** A key as a request presents it. */
export type PresentedKey = RowOf<typeof keyRow>;

export function findKey({ sql }: Db, id: string): Promise<PresentedKey | null> {
  return readRow(
    sql`
      select k.secret_hash, k.scopes, k.store_keys, k.person_id, p.role, granted.seen, granted.managed,
        k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp()) as usable
      from api_keys k left join people p on p.id = k.person_id ${joinGranted(sql)}
      where k.id = ${id}`,
    keyRow,
  );
}

/**
 * Reads a key's current state and locks it: until the transaction ends the key cannot be revoked and its owner can
 * neither be changed nor deleted.
 * @param personId its owner; null: the fleet's
 */
export async function lockKey(tx: Db, id: string, personId: number | null): Promise<PresentedKey | null> {
  const { sql } = tx;
  // As in `lockSession`. `touchKey` waits for none of these locks.
  const [, , key] = await Promise.all([
    sql`select from people where id = ${personId}::bigint for share`,
    sql`select from api_keys where id = ${id} for key share`,
    findKey(tx, id),
  ]);
  return key;
}

/** Records that a key was used. */
export async function touchKey({ sql }: Db, id: string): Promise<void> {
  await sql`
    update api_keys set last_used_at = now()
    where id = ${id} and (last_used_at is null or last_used_at < now() - make_interval(mins => ${precisionMinutes}))`;
}
