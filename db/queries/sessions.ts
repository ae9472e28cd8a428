import { and, desc, eq, gt, lte, or, sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { invitations, people, sessions } from "@/db/schema/people";
import { shareRow } from "@/db/queries/bulk/row-locks";
import { granted, type GrantedKeys } from "./grants";

/** A session ends after 30 days in any case, and after 7 days without use. */
const lifetimeDays = 30;
const idleDays = 7;
/** The precision of `last_seen_at`. */
const seenMinutes = 5;

/** A person as a session has them. */
export interface SessionPerson extends GrantedKeys {
  readonly sessionId: number;
  readonly personId: number;
  readonly name: string;
  readonly email: string;
  readonly role: "operator" | "owner";
}

/**
 * The person of a session that has not ended by the database's clock, and whether its last recorded use was long ago.
 */
async function selectSession(db: Db, which: SQL | undefined) {
  const [row] = await db
    .select({
      sessionId: sessions.id,
      personId: people.id,
      name: people.name,
      email: people.email,
      role: people.role,
      seen: granted.seen,
      managed: granted.managed,
      stale: sql<boolean>`${sessions.lastSeenAt} < now() - make_interval(mins => ${seenMinutes})`,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.personId))
    .leftJoinLateral(granted.stores, eq(people.role, "owner"))
    .where(
      and(
        which,
        gt(sessions.expiresAt, sql`clock_timestamp()`),
        gt(sessions.lastSeenAt, sql`clock_timestamp() - make_interval(days => ${idleDays})`),
      ),
    );
  if (row === undefined) return null;
  const { stale, ...person } = row;
  return { stale, person };
}

/** The person of a token; null when its session has ended or never existed. */
export async function findSession(db: Db, tokenHash: Uint8Array): Promise<SessionPerson | null> {
  const found = await selectSession(db, eq(sessions.tokenHash, tokenHash));
  if (found === null) return null;
  const { stale, person } = found;
  if (stale) {
    await db
      .update(sessions)
      .set({ lastSeenAt: sql`now()` })
      .where(eq(sessions.id, person.sessionId));
  }
  return person;
}

/**
 * Reads the person of a session and locks both: until the transaction ends the session cannot end and the person can
 * neither be changed nor deleted.
 * @returns null when the session has ended
 */
export async function holdSession(tx: Db, sessionId: number, personId: number): Promise<SessionPerson | null> {
  // Sent together in one round trip; each has its own snapshot, so the last sees what the locks waited for. The person
  // is locked first, as in every transaction that changes a person.
  const [, , found] = await Promise.all([
    shareRow(tx, "people", personId),
    shareRow(tx, "sessions", sessionId),
    selectSession(tx, and(eq(sessions.id, sessionId), eq(sessions.personId, personId))),
  ]);
  return found?.person ?? null;
}

export type NewSession = Pick<typeof sessions.$inferInsert, "tokenHash" | "personId" | "userAgent" | "address">;

/** @returns its id */
export async function insertSession(db: Db, session: NewSession): Promise<number> {
  const [row] = await db
    .insert(sessions)
    .values({ ...session, expiresAt: sql`now() + make_interval(days => ${lifetimeDays})` })
    .returning({ id: sessions.id });
  if (row === undefined) throw new Error("The session was not stored.");
  return row.id;
}

/** A person's sessions, last used first. */
export function listSessions(db: Db, personId: number) {
  const { id, createdAt, lastSeenAt, expiresAt, userAgent, address } = sessions;
  return db
    .select({ id, createdAt, lastSeenAt, expiresAt, userAgent, address })
    .from(sessions)
    .where(
      and(
        eq(sessions.personId, personId),
        gt(expiresAt, sql`now()`),
        gt(lastSeenAt, sql`now() - make_interval(days => ${idleDays})`),
      ),
    )
    .orderBy(desc(lastSeenAt), desc(id));
}

/** Ends one session of a person. @returns whether there was one */
export async function deleteSession(db: Db, personId: number, id: number): Promise<boolean> {
  const { count } = await db.delete(sessions).where(and(eq(sessions.id, id), eq(sessions.personId, personId)));
  return count > 0;
}

/** Ends all sessions of a person. */
export async function deleteSessionsOf(db: Db, personId: number): Promise<void> {
  await db.delete(sessions).where(eq(sessions.personId, personId));
}

/** Deletes sessions and links that have ended. */
export async function deleteEndedSessions(db: Db): Promise<void> {
  const isIdle = lte(sessions.lastSeenAt, sql`now() - make_interval(days => ${idleDays})`);
  await db.delete(sessions).where(or(lte(sessions.expiresAt, sql`now()`), isIdle));
  await db.delete(invitations).where(lte(invitations.expiresAt, sql`now()`));
}
