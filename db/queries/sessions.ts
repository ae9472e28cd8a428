import { and, desc, eq, gt, lte, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { idleDays } from "@/db/queries/bulk/credentials";
import { invitations, sessions } from "@/db/schema/people";

/** A session ends after this many days in any case; `idleDays` is for one without use. */
const lifetimeDays = 30;

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
