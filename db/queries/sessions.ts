import type { PendingQuery, Row } from "postgres";
import type { Db } from "@/db/client";
import { joinGranted, type GrantedKeys } from "./grants";

/** However it is used, a session ends after 30 days; unused, after 7. */
const lifetimeDays = 30;
const idleDays = 7;
/** How exact `last_seen_at` is. */
const seenMinutes = 5;

/** A person as a session knows them. */
export interface SessionPerson extends GrantedKeys {
  readonly sessionId: number;
  readonly personId: number;
  readonly name: string;
  readonly email: string;
  readonly role: "operator" | "owner";
}

interface SessionPersonRow extends GrantedKeys {
  readonly id: string;
  readonly person_id: string;
  readonly name: string;
  readonly email: string;
  readonly role: "operator" | "owner";
  readonly stale: boolean;
}

/** The person of a session that has not ended by the database's clock. @param which of `sessions as ses` */
async function selectSession({ sql }: Db, which: PendingQuery<Row[]>): Promise<SessionPersonRow | undefined> {
  const [row] = await sql<SessionPersonRow[]>`
    select ses.id, p.id as person_id, p.name, p.email, p.role, granted.seen, granted.managed,
      ses.last_seen_at < now() - make_interval(mins => ${seenMinutes}) as stale
    from sessions ses join people p on p.id = ses.person_id ${joinGranted(sql)}
    where ${which} and ses.expires_at > clock_timestamp()
      and ses.last_seen_at > clock_timestamp() - make_interval(days => ${idleDays})`;
  return row;
}

function toSessionPerson({ id, person_id, name, email, role, seen, managed }: SessionPersonRow): SessionPerson {
  return { sessionId: Number(id), personId: Number(person_id), name, email, role, seen, managed };
}

/** Who a token is of; null where its session has ended or never was. */
export async function findSession(db: Db, tokenHash: Buffer): Promise<SessionPerson | null> {
  const row = await selectSession(db, db.sql`ses.token_hash = ${tokenHash}`);
  if (row === undefined) return null;
  if (row.stale) await db.sql`update sessions set last_seen_at = now() where id = ${row.id}`;
  return toSessionPerson(row);
}

/**
 * The person of a session as they are now; until the transaction ends neither the session can end nor the person be
 * changed or deleted.
 * @returns null where the session has ended
 */
export async function holdSession(tx: Db, sessionId: number, personId: number): Promise<SessionPerson | null> {
  // In one round trip, and each with a snapshot of its own: the last sees what the locks waited for. The person comes
  // first, as for whoever changes them.
  const [, , row] = await Promise.all([
    tx.sql`select from people where id = ${personId} for share`,
    tx.sql`select from sessions where id = ${sessionId} for key share`,
    selectSession(tx, tx.sql`ses.id = ${sessionId} and ses.person_id = ${personId}`),
  ]);
  return row === undefined ? null : toSessionPerson(row);
}

export interface NewSession {
  readonly tokenHash: Buffer;
  readonly personId: number;
  readonly userAgent: string;
  readonly address: string;
}

/** @returns its id */
export async function insertSession(
  { sql }: Db,
  { tokenHash, personId, userAgent, address }: NewSession,
): Promise<number> {
  const [row] = await sql<{ id: string }[]>`
    insert into sessions (token_hash, person_id, user_agent, address, expires_at)
    values (${tokenHash}, ${personId}, ${userAgent}, ${address}, now() + make_interval(days => ${lifetimeDays}))
    returning id`;
  return Number(row?.id);
}

export interface SessionRow {
  readonly id: number;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly userAgent: string;
  readonly address: string;
}

/** Where a person is signed in, the last used first. Instants are ISO 8601. */
export async function listSessions({ sql }: Db, personId: number): Promise<SessionRow[]> {
  const rows = await sql<(Omit<SessionRow, "id"> & { id: string })[]>`
    select id, created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt",
      user_agent as "userAgent", address
    from sessions
    where person_id = ${personId} and expires_at > now() and last_seen_at > now() - make_interval(days => ${idleDays})
    order by last_seen_at desc, id desc`;
  const iso = (text: string) => new Date(text).toISOString();
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    createdAt: iso(row.createdAt),
    lastSeenAt: iso(row.lastSeenAt),
    expiresAt: iso(row.expiresAt),
  }));
}

/** Ends one session of a person. @returns whether there was such a one */
export async function deleteSession({ sql }: Db, personId: number, id: number): Promise<boolean> {
  return (await sql`delete from sessions where id = ${id} and person_id = ${personId}`).count > 0;
}

/** Signs a person out everywhere. */
export async function deleteSessionsOf({ sql }: Db, personId: number): Promise<void> {
  await sql`delete from sessions where person_id = ${personId}`;
}

/** Deletes sessions and links that have ended. */
export async function deleteEndedSessions({ sql }: Db): Promise<void> {
  await sql`delete from sessions where expires_at <= now() or last_seen_at <= now() - make_interval(days => ${idleDays})`;
  await sql`delete from invitations where expires_at <= now()`;
}
