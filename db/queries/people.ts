import { and, asc, eq, getTableColumns, max } from "drizzle-orm";
import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { people, sessions } from "@/db/schema/people";

export type PersonRow = typeof people.$inferSelect;

/**
 * Locks changes of accounts until the transaction ends: no race can leave the product without an operator, and two
 * people who change each other wait in turn instead of deadlocking. Take it before any row lock.
 */
export async function lockAccounts(db: Db): Promise<void> {
  await lockForTransaction(db, advisoryLocks.accounts);
}

export async function countOperators(db: Db): Promise<number> {
  return db.$count(people, eq(people.role, "operator"));
}

/** @returns null when the address is already in use */
export async function insertPerson(
  db: Db,
  person: Pick<PersonRow, "email" | "name" | "role" | "passwordHash">,
): Promise<PersonRow | null> {
  const [row] = await db.insert(people).values(person).onConflictDoNothing().returning();
  return row ?? null;
}

export async function findPersonByEmail(db: Db, email: string): Promise<PersonRow | null> {
  const [row] = await db.select().from(people).where(eq(people.email, email));
  return row ?? null;
}

export async function findPerson(db: Db, id: number): Promise<PersonRow | null> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row ?? null;
}

/** Like `findPerson`; until the transaction ends no request that started later can act for them, see `lockSession`. */
export async function lockPerson(tx: Db, id: number): Promise<PersonRow | null> {
  const [row] = await tx.select().from(people).where(eq(people.id, id)).for("update");
  return row ?? null;
}

/** Whether a person's password still has this hash; if so it cannot be changed until the transaction ends. */
export async function lockPassword(
  tx: Db,
  { id, passwordHash }: Pick<PersonRow, "id" | "passwordHash">,
): Promise<boolean> {
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.id, id), eq(people.passwordHash, passwordHash)))
    .for("share");
  return rows.length > 0;
}

/** All people, with when they were last seen. */
export function listPeople(db: Db) {
  return db
    .select({ ...getTableColumns(people), lastSeenAt: max(sessions.lastSeenAt) })
    .from(people)
    .leftJoin(sessions, eq(sessions.personId, people.id))
    .groupBy(people.id)
    .orderBy(asc(people.id));
}

export async function changePerson(
  db: Db,
  id: number,
  changes: Partial<Pick<PersonRow, "name" | "role" | "passwordHash">>,
): Promise<void> {
  if (Object.keys(changes).length > 0) await db.update(people).set(changes).where(eq(people.id, id));
}

/** Deletes a person with their sessions, grants and, for an owner, keys. */
export async function deletePerson(db: Db, id: number): Promise<void> {
  await db.delete(people).where(eq(people.id, id));
}
