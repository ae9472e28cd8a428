import type { Db } from "@/db/client";
import { lockKey, lockSession } from "@/db/queries/bulk/credentials";
import { keyViewer, personViewer } from "./person-viewer";
import { unauthenticated } from "./unauthenticated";
import { asCurrent, requireAccess, type CurrentViewer, type Viewer } from "./viewer";

async function find(db: Db, { credential, address }: Viewer): Promise<Viewer | null> {
  if (credential?.kind === "session") {
    const person = await lockSession(db, credential.sessionId, credential.personId);
    return person === null ? null : personViewer(person, address);
  }
  if (credential === null) return null;
  const key = await lockKey(db, credential.keyId, credential.personId);
  return key?.usable === true ? keyViewer(credential.keyId, key, address) : null;
}

/**
 * The viewer with current rights, which no one can revoke until the transaction ends: a revocation waits for it. Must
 * be the first call in a transaction that changes something, because the request may have been admitted long ago.
 * @throws AppError unauthenticated when the session or key is no longer valid, insufficient_scope when it has lost the
 *   scope it was admitted with
 */
export async function revalidate(tx: Db, viewer: Viewer): Promise<CurrentViewer> {
  if (viewer.credential === null) return asCurrent(viewer);
  const found = await find(tx, viewer);
  if (found === null) throw unauthenticated();
  if (viewer.admittedTo !== null) requireAccess(found, viewer.admittedTo);
  return asCurrent({ ...found, admittedTo: viewer.admittedTo });
}
