import type { Database } from "@/db/client";
import { changePerson, findPerson, lockPerson } from "@/db/queries/people";
import { deleteSessionsOf } from "@/db/queries/sessions";
import type { ChangePassword } from "@/lib/contract/access";
import { AppError } from "@/lib/server/errors";
import { changeAccounts } from "./as-viewer";
import { passwords, requireStrongPassword } from "./passwords";
import { personPrincipal } from "./person-viewer";
import { recordAudit } from "./record-audit";
import { startSession, type StartedSession, type Client } from "./sign-in";
import { sessionOf, type Viewer } from "./viewer";

const wrong = (): AppError => new AppError("wrong_password", "The current password is wrong.");

/**
 * Changes a person's password and signs them out everywhere; here they continue with a new token.
 * @throws AppError wrong_password, weak_password, unauthenticated
 */
export async function changePassword(
  database: Database,
  viewer: Viewer,
  { current, password }: ChangePassword,
  client: Client,
): Promise<StartedSession> {
  const { personId } = sessionOf(viewer);
  const person = await findPerson(database, personId);
  if (!(await passwords.isOf(person?.passwordHash ?? null, current))) throw wrong();
  await requireStrongPassword(password, { email: person?.email ?? null, name: person?.name ?? "" });
  const passwordHash = await passwords.hash(password);
  const principal = personPrincipal(personId);
  return changeAccounts(database, viewer, async (tx) => {
    // The password was checked before this transaction and may have changed since.
    if ((await lockPerson(tx, personId))?.passwordHash !== person?.passwordHash) throw wrong();
    await changePerson(tx, personId, { passwordHash });
    await deleteSessionsOf(tx, personId);
    await recordAudit(tx, { principal, address: client.address }, "password.change", principal);
    return startSession(tx, personId, client);
  });
}
