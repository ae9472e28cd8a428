import type { SqlOrTx } from "@/db/client";
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

/** Who a token is of; null where its session has ended or never was. */
export async function findSession(sql: SqlOrTx, tokenHash: Buffer): Promise<SessionPerson | null> {
  const [row] = await sql<
    (GrantedKeys & {
      id: string;
      person_id: string;
      name: string;
      email: string;
      role: "operator" | "owner";
      stale: boolean;
    })[]
  >`
    select ses.id, p.id as person_id, p.name, p.email, p.role, granted.seen, granted.managed,
      ses.last_seen_at < now() - make_interval(mins => ${seenMinutes}) as stale
    from sessions ses join people p on p.id = ses.person_id ${joinGranted(sql)}
    where ses.token_hash = ${tokenHash} and ses.expires_at > now()
      and ses.last_seen_at > now() - make_interval(days => ${idleDays})`;
  if (row === undefined) return null;
  if (row.stale) await sql`update sessions set last_seen_at = now() where id = ${row.id}`;
  const { id, person_id, name, email, role, seen, managed } = row;
  return { sessionId: Number(id), personId: Number(person_id), name, email, role, seen, managed };
}

export interface NewSession {
  readonly tokenHash: Buffer;
  readonly personId: number;
  readonly userAgent: string;
  readonly address: string;
}

/** @returns its id */
export async function insertSession(
  sql: SqlOrTx,
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
export async function listSessions(sql: SqlOrTx, personId: number): Promise<SessionRow[]> {
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
export async function deleteSession(sql: SqlOrTx, personId: number, id: number): Promise<boolean> {
  return (await sql`delete from sessions where id = ${id} and person_id = ${personId}`).count > 0;
}

/** Signs a person out everywhere. */
export async function deleteSessionsOf(sql: SqlOrTx, personId: number): Promise<void> {
  await sql`delete from sessions where person_id = ${personId}`;
}

/** Deletes sessions and links that have ended. */
export async function deleteEndedSessions(sql: SqlOrTx): Promise<void> {
  await sql`delete from sessions where expires_at <= now() or last_seen_at <= now() - make_interval(days => ${idleDays})`;
  await sql`delete from invitations where expires_at <= now()`;
}
