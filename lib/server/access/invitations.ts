import type { Database, Db } from "@/db/client";
import { findPersonByEmail, insertPerson } from "@/db/queries/people";
import { listStoreNames, replaceGrants } from "@/db/queries/grants";
import {
  deleteInvitation,
  findInvitation,
  insertInvitation,
  listInvitations,
  consumeInvitation,
  type InvitationRow,
} from "@/db/queries/invitations";
import { findStoreKeys } from "@/db/queries/bulk/store-keys";
import { withTransaction } from "@/db/transaction";
import type { StoredGrant } from "@/db/schema/people";
import type { AcceptInvitation, Grant, GrantedStores, Invitation, InvitationList, Invite } from "@/lib/contract/access";
import { AppError } from "@/lib/server/errors";
import { changeAs } from "./as-viewer";
import { passwords, requireStrongPassword } from "./passwords";
import { personPrincipal } from "./person-viewer";
import { recordAudit } from "./record-audit";
import { startSession, type StartedSession, type Client } from "./sign-in";
import { hashToken, makeToken } from "./tokens";
import { requireFleet, type CurrentViewer, type Viewer } from "./viewer";

const linkMinutes = 7 * 24 * 60;

/** Grants in wire format. */
export function toGrants(grants: readonly StoredGrant[]): Grant[] {
  return grants.map((one) =>
    "storeId" in one ? { store_id: one.storeId, manage: one.manage } : { group: one.group, manage: one.manage },
  );
}

/** The names of the stores in grants, in wire format. */
export async function namesIn(db: Db, grants: readonly StoredGrant[]): Promise<GrantedStores> {
  const ids = grants.flatMap((one) => ("storeId" in one ? [one.storeId] : []));
  const named = await listStoreNames(db, ids);
  return named.map(({ storeId, name }) => ({ store_id: storeId, name }));
}

/** Grants as stored. @throws AppError store_not_found when one names an unknown store */
export async function readGrants(db: Db, grants: readonly Grant[]): Promise<StoredGrant[]> {
  const ids = grants.flatMap((one) => ("store_id" in one ? [one.store_id] : []));
  const known = await findStoreKeys(db, ids, "all");
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new AppError("store_not_found", `There is no store ${unknown}.`);
  return grants.map((one) =>
    "store_id" in one ? { storeId: one.store_id, manage: one.manage } : { group: one.group, manage: one.manage },
  );
}

function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    email: row.email ?? "",
    role: row.role,
    grants: toGrants(row.grants),
    created_at: new Date(row.createdAt).toISOString(),
    expires_at: new Date(row.expiresAt).toISOString(),
  };
}

/** Creates a link that is good for one account, for seven days. @throws AppError email_taken, store_not_found */
export async function invite(tx: Db, viewer: CurrentViewer, { email, role, grants }: Invite): Promise<Invitation> {
  requireFleet(viewer);
  const token = makeToken();
  if ((await findPersonByEmail(tx, email)) !== null) {
    throw new AppError("email_taken", "This e-mail address is already in use.");
  }
  const given = { tokenHash: hashToken(token), email, role, grants: await readGrants(tx, grants) };
  const row = await insertInvitation(tx, { ...given, createdBy: viewer.principal }, linkMinutes);
  await recordAudit(tx, viewer, "invitation.create", `invitation:${row.id}`);
  return { ...toInvitation(row), link: `/invitation?token=${token}` };
}

/** Invitations that are still open. */
export async function getInvitations(database: Database, viewer: Viewer): Promise<InvitationList> {
  requireFleet(viewer);
  const rows = await listInvitations(database);
  const granted = await namesIn(
    database,
    rows.flatMap(({ grants }) => grants),
  );
  return { invitations: rows.map(toInvitation), granted_stores: granted };
}

/** Revokes an invitation, so that its link is no longer valid. @throws AppError invitation_not_found */
export async function removeInvitation(database: Database, viewer: Viewer, id: number | null): Promise<void> {
  const remove = async (tx: Db, current: CurrentViewer): Promise<void> => {
    requireFleet(current);
    if (id === null || !(await deleteInvitation(tx, id))) {
      throw new AppError("invitation_not_found", "There is no such invitation.");
    }
    await recordAudit(tx, current, "invitation.remove", `invitation:${id}`);
  };
  await changeAs(database, viewer, remove, { underRls: false });
}

const usedUp = (): AppError =>
  new AppError("link_not_valid", "This link has been used, has expired or was revoked. Ask for a new one.");

/**
 * Creates the account of an invitation and signs its person in. @throws AppError link_not_valid, weak_password,
 * email_taken
 */
export async function acceptInvitation(
  database: Database,
  { token, name, password }: AcceptInvitation,
  client: Client,
): Promise<StartedSession> {
  const invited = await findInvitation(database, hashToken(token));
  if (invited === null) throw usedUp();
  await requireStrongPassword(password, { email: invited.email, name });
  const passwordHash = await passwords.hash(password);
  return withTransaction(database, async (tx) => {
    const invitation = await consumeInvitation(tx, hashToken(token), false);
    const email = invitation?.email ?? null;
    if (invitation === null || email === null) throw usedUp();
    const person = await insertPerson(tx, { email, name, role: invitation.role, passwordHash });
    if (person === null) throw new AppError("email_taken", "This e-mail address is already in use.");
    await replaceGrants(tx, person.id, invitation.grants);
    const principal = personPrincipal(person.id);
    await recordAudit(tx, { principal, address: client.address }, "invitation.accept", `invitation:${invitation.id}`);
    return startSession(tx, person.id, client);
  });
}
