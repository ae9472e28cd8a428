import type { Database } from "@/db/client";
import { changePerson, findPerson } from "@/db/queries/people";
import { deleteSessionsOf } from "@/db/queries/sessions";
import { withTransaction } from "@/db/transaction";
import type { ChangePassword } from "@/lib/contract/access";
import { AppError } from "@/lib/server/errors";
import { passwords, requireStrongPassword } from "./passwords";
import { personPrincipal } from "./person-viewer";
import { recordAudit } from "./record-audit";
import { beginSession, type BegunSession, type Client } from "./sign-in";

/**
 * Changes a person's password and signs them out everywhere; here they go on under a new token.
 * @throws AppError wrong_password, weak_password
 */
export async function changePassword(
  database: Database,
  personId: number,
  { current, password }: ChangePassword,
  client: Client,
): Promise<BegunSession> {
  const person = await findPerson(database.db, personId);
  if (!(await passwords.isOf(person?.passwordHash ?? null, current))) {
    throw new AppError("wrong_password", "The present password is another.");
  }
  await requireStrongPassword(password, { email: person?.email ?? null, name: person?.name ?? "" });
  const passwordHash = await passwords.hash(password);
  const principal = personPrincipal(personId);
  return withTransaction(database.sql, async (tx) => {
    await changePerson(tx.db, personId, { passwordHash });
    await deleteSessionsOf(tx.sql, personId);
    await recordAudit(tx.sql, { principal, address: client.address }, "password.change", principal);
    return beginSession(tx, personId, client);
  });
}
