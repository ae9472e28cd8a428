import { asc, eq, getTableColumns, max, sql as fragment } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { people, sessions } from "@/db/schema/people";

export type PersonRow = typeof people.$inferSelect;

/** Any constant serves, as long as every version of this program uses the same. */
const operatorLock = 7_230_121;

/** Held until the transaction ends by whoever makes or unmakes operators, so that there is never none by a race. */
export async function lockOperators(tx: DbOrTx): Promise<void> {
  await tx.execute(fragment`select pg_advisory_xact_lock(${operatorLock})`);
}

export async function countOperators(db: DbOrTx): Promise<number> {
  return db.$count(people, eq(people.role, "operator"));
}

/** @returns null where the address is somebody's already */
export async function insertPerson(
  db: DbOrTx,
  person: Pick<PersonRow, "email" | "name" | "role" | "passwordHash">,
): Promise<PersonRow | null> {
  const [row] = await db.insert(people).values(person).onConflictDoNothing().returning();
  return row ?? null;
}

export async function findPersonByEmail(db: DbOrTx, email: string): Promise<PersonRow | null> {
  const [row] = await db.select().from(people).where(eq(people.email, email));
  return row ?? null;
}

export async function findPerson(db: DbOrTx, id: number): Promise<PersonRow | null> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row ?? null;
}

/** Everybody, with when they were last seen. */
export function listPeople(db: DbOrTx) {
  return db
    .select({ ...getTableColumns(people), lastSeenAt: max(sessions.lastSeenAt) })
    .from(people)
    .leftJoin(sessions, eq(sessions.personId, people.id))
    .groupBy(people.id)
    .orderBy(asc(people.id));
}

export async function changePerson(
  db: DbOrTx,
  id: number,
  changes: Partial<Pick<PersonRow, "name" | "role" | "passwordHash">>,
): Promise<void> {
  if (Object.keys(changes).length > 0) await db.update(people).set(changes).where(eq(people.id, id));
}

/** Deletes a person with their sessions, grants and, of an owner, keys. */
export async function deletePerson(db: DbOrTx, id: number): Promise<void> {
  await db.delete(people).where(eq(people.id, id));
}
