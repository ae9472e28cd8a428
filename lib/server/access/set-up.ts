import { readFile } from "node:fs/promises";
import { StartError } from "@/db/start-error";
import type { Database, Db } from "@/db/client";
import { insertInvitation, consumeInvitation } from "@/db/queries/invitations";
import { countOperators, insertPerson, lockAccounts } from "@/db/queries/people";
import { isRlsRoleReady, rlsRole } from "@/db/rls";
import { withTransaction } from "@/db/transaction";
import { EmailSchema, PasswordSchema, type Setup } from "@/lib/contract/access";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { passwords, requireStrongPassword } from "./passwords";
import { personPrincipal } from "./person-viewer";
import { recordAudit } from "./record-audit";
import { isSetUp } from "./setup-state";
import { startSession, type StartedSession, type Client } from "./sign-in";
import { hashToken, makeToken } from "./tokens";

const linkMinutes = 15;

async function insertOperator(
  db: Db,
  person: { readonly email: string; readonly name: string; readonly passwordHash: string },
  address: string,
): Promise<number> {
  const made = await insertPerson(db, { ...person, role: "operator" });
  if (made === null) throw new AppError("email_taken", "This e-mail address is already in use.");
  const principal = personPrincipal(made.id);
  await recordAudit(db, { principal, address }, "setup", principal);
  return made.id;
}

/**
 * Creates the first operator by the link printed at startup. Concurrent requests create one.
 * @throws AppError already_set_up, link_not_valid, weak_password
 */
export async function setUp(
  database: Database,
  { token, name, email, password }: Setup,
  client: Client,
): Promise<StartedSession> {
  if (await isSetUp(database)) throw new AppError("already_set_up", "There is an operator already: sign in.");
  await requireStrongPassword(password, { email, name });
  const passwordHash = await passwords.hash(password);
  return withTransaction(database, async (tx) => {
    await lockAccounts(tx);
    if ((await countOperators(tx)) > 0) throw new AppError("already_set_up", "There is an operator already: sign in.");
    if ((await consumeInvitation(tx, hashToken(token), true)) === null) {
      throw new AppError("link_not_valid", "This link has been used or has expired. The next start prints a new one.");
    }
    return startSession(tx, await insertOperator(tx, { email, name, passwordHash }, client.address), client);
  });
}

/** Creates the first operator from the settings. @throws {Error} naming the setting that is wrong, never its value */
async function setUpBySettings(database: Database, emailText: string, passwordFile: string): Promise<void> {
  const email = EmailSchema.parse(emailText);
  const text = await readFile(passwordFile, "utf8").catch((cause: unknown) => {
    throw new StartError("ADMIN_PASSWORD_FILE is not a readable file: create it, or correct the name.", {
      cause,
    });
  });
  const password = PasswordSchema.safeParse(text.replace(/\r?\n$/, ""));
  if (!password.success)
    throw new StartError(`ADMIN_PASSWORD_FILE: ${password.error.issues[0]?.message ?? "not a password"}`);
  try {
    await requireStrongPassword(password.data, { email });
  } catch (cause) {
    throw new StartError(`ADMIN_PASSWORD_FILE: ${cause instanceof Error ? cause.message : "not a password"}`, {
      cause,
    });
  }
  const passwordHash = await passwords.hash(password.data);
  await withTransaction(database, async (tx) => {
    await lockAccounts(tx);
    if ((await countOperators(tx)) > 0) return;
    await insertOperator(tx, { email, name: email.split("@", 1)[0] ?? email, passwordHash }, "");
  });
}

/**
 * Must be called before the first request when sign-in is required: checks that the role for row-level security is
 * ready, and that there is an operator or a way to create one.
 * @returns path and query of the link that creates the first operator, valid once and for 15 minutes; null when there
 *   is one
 * @throws {Error} saying what to do
 */
export async function prepareAccess(database: Database): Promise<string | null> {
  if (!(await isRlsRoleReady(database))) {
    throw new Error(
      `AUTH=required needs the database role ${rlsRole}, which this user may not create. Have an administrator run: CREATE ROLE ${rlsRole} NOLOGIN; GRANT ${rlsRole} TO <the user of DATABASE_URL>; and start again.`,
    );
  }
  const { ADMIN_EMAIL, ADMIN_PASSWORD_FILE } = env();
  if (await isSetUp(database)) return null;
  if (ADMIN_EMAIL !== undefined || ADMIN_PASSWORD_FILE !== undefined) {
    if (ADMIN_EMAIL === undefined || ADMIN_PASSWORD_FILE === undefined) {
      throw new StartError("ADMIN_EMAIL and ADMIN_PASSWORD_FILE go together: set both, or neither and use the link.");
    }
    await setUpBySettings(database, ADMIN_EMAIL, ADMIN_PASSWORD_FILE);
    return null;
  }
  const token = makeToken();
  const link = { tokenHash: hashToken(token), email: null, role: "operator", grants: [], createdBy: "system" } as const;
  await insertInvitation(database, link, linkMinutes);
  return `/setup?token=${token}`;
}
