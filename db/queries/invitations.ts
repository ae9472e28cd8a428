import { and, asc, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { invitations } from "@/db/schema/people";

export type InvitationRow = typeof invitations.$inferSelect;

const notExpired = gt(invitations.expiresAt, sql`now()`);

/** Stores a one-time link. */
export async function insertInvitation(
  db: Db,
  invitation: Pick<InvitationRow, "tokenHash" | "email" | "role" | "grants" | "createdBy">,
  minutes: number,
): Promise<InvitationRow> {
  const [row] = await db
    .insert(invitations)
    .values({ ...invitation, expiresAt: sql`now() + make_interval(mins => ${minutes})` })
    .returning();
  if (row === undefined) throw new Error("The invitation was not made.");
  return row;
}

/**
 * Consumes a link, in the transaction of its effect: of two concurrent uses one succeeds.
 * @param isSetup whether it must be the setup link   @returns null if there is none, or it has expired
 */
export async function consumeInvitation(
  db: Db,
  tokenHash: Uint8Array,
  isSetup: boolean,
): Promise<InvitationRow | null> {
  const kind = isSetup ? isNull(invitations.email) : isNotNull(invitations.email);
  const [row] = await db
    .delete(invitations)
    .where(and(eq(invitations.tokenHash, tokenHash), kind, notExpired))
    .returning();
  return row ?? null;
}

/** Reads the invitation of a link without consuming it. @returns null if there is none, or it has expired */
export async function findInvitation(db: Db, tokenHash: Uint8Array): Promise<InvitationRow | null> {
  const [row] = await db
    .select()
    .from(invitations)
    .where(and(eq(invitations.tokenHash, tokenHash), isNotNull(invitations.email), notExpired));
  return row ?? null;
}

export function listInvitations(db: Db): Promise<InvitationRow[]> {
  return db
    .select()
    .from(invitations)
    .where(and(isNotNull(invitations.email), notExpired))
    .orderBy(asc(invitations.id));
}

/** @returns whether there was one */
export async function deleteInvitation(db: Db, id: number): Promise<boolean> {
  const rows = await db
    .delete(invitations)
    .where(and(eq(invitations.id, id), isNotNull(invitations.email)))
    .returning({ id: invitations.id });
  return rows.length > 0;
}
