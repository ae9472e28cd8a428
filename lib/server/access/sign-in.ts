import type { Database, Db } from "@/db/client";
import { findPersonByEmail, lockPassword } from "@/db/queries/people";
import { deleteSession, deleteSessionsOf, insertSession, listSessions } from "@/db/queries/sessions";
import { findSession } from "@/db/queries/bulk/credentials";
import { withTransaction } from "@/db/transaction";
import type { SessionInfo, SignedInList, SignIn } from "@/lib/contract/access";
import { AppError } from "@/lib/server/errors";
import { isoInstant } from "@/lib/server/wire/instants";
import { changeAccounts } from "./as-viewer";
import { passwords, type Passwords } from "./passwords";
import { personPrincipal } from "./person-viewer";
import { recordAudit } from "./record-audit";
import { personInfo } from "./session-info";
import { hashToken, makeToken } from "./tokens";
import { sessionOf, type Viewer } from "./viewer";

/** Where someone signs in from. */
export interface Client {
  readonly address: string;
  readonly userAgent: string;
}

/** A session that has just started. Its token goes into a cookie and nowhere else. */
export interface StartedSession {
  readonly token: string;
  readonly info: SessionInfo;
}

/** Starts a session of a person under a new token. */
export async function startSession(db: Db, personId: number, client: Client): Promise<StartedSession> {
  const token = makeToken();
  const userAgent = client.userAgent.replace(/\p{C}/gu, "").slice(0, 200);
  await insertSession(db, { tokenHash: hashToken(token), personId, address: client.address, userAgent });
  const person = await findSession(db, hashToken(token));
  if (person === null) throw new Error("The session ended as soon as it started.");
  return { token, info: personInfo(person) };
}

/**
 * Signs a person in.
 * @param known compares passwords
 * @throws AppError wrong_password: the same error after the same work, whether or not the person exists
 */
export async function signIn(
  database: Database,
  { email, password }: SignIn,
  client: Client,
  known: Pick<Passwords, "isOf"> = passwords,
): Promise<StartedSession> {
  const { address } = client;
  const person = await findPersonByEmail(database, email);
  const isRight = await known.isOf(person?.passwordHash ?? null, password);
  const started =
    person === null || !isRight
      ? null
      : await withTransaction(database, async (tx) => {
          // The password was checked before this transaction and may have changed since.
          if (!(await lockPassword(tx, person))) return null;
          const principal = personPrincipal(person.id);
          await recordAudit(tx, { principal, address }, "session.create", principal);
          return startSession(tx, person.id, client);
        });
  if (started !== null) return started;
  const subject = person === null ? "nobody" : personPrincipal(person.id);
  await recordAudit(database, { principal: "anonymous", address }, "session.refuse", subject);
  throw new AppError("wrong_password", "Wrong e-mail or password");
}

/** Ends the session of this browser. */
export async function signOut(database: Database, token: string, address: string): Promise<void> {
  await withTransaction(database, async (tx) => {
    const person = await findSession(tx, hashToken(token));
    if (person === null) return;
    await deleteSession(tx, person.personId, person.sessionId);
    const principal = personPrincipal(person.personId);
    await recordAudit(tx, { principal, address }, "session.end", principal);
  });
}

/** @param currentId the session of the request */
export async function getSessions(database: Database, personId: number, currentId: number): Promise<SignedInList> {
  const rows = await listSessions(database, personId);
  return {
    sessions: rows.map((row) => ({
      id: row.id,
      current: row.id === currentId,
      created_at: isoInstant(row.createdAt),
      last_seen_at: isoInstant(row.lastSeenAt),
      expires_at: isoInstant(row.expiresAt),
      user_agent: row.userAgent,
      address: row.address,
    })),
  };
}

/** Ends one of a person's sessions. @throws AppError session_not_found */
export async function endSession(database: Database, viewer: Viewer, id: number | null): Promise<void> {
  await changeAccounts(database, viewer, async (db, current) => {
    const { personId } = sessionOf(current);
    if (id === null || !(await deleteSession(db, personId, id))) {
      throw new AppError("session_not_found", "You have no such session.");
    }
    await recordAudit(db, current, "session.end", personPrincipal(personId));
  });
}

/** Signs a person out everywhere. */
export async function endAllSessions(database: Database, viewer: Viewer): Promise<void> {
  await changeAccounts(database, viewer, async (db, current) => {
    const { personId } = sessionOf(current);
    await deleteSessionsOf(db, personId);
    await recordAudit(db, current, "session.end_all", personPrincipal(personId));
  });
}
