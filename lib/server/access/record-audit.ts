import type { SqlOrTx } from "@/db/client";
import { insertAuditEntry } from "@/db/queries/audit-entries";
import type { Viewer } from "./viewer";

/** Who does something, and from where: what the audit log says beside what was done. */
export interface Actor {
  readonly principal: string;
  readonly address: string;
}

/** Things that are written down. Subjects and principals are numbers and ids, never names or addresses of people. */
export type AuditAction =
  | "setup"
  | "session.create"
  | "session.refuse"
  | "session.end"
  | "session.end_all"
  | "password.change"
  | "invitation.create"
  | "invitation.accept"
  | "invitation.remove"
  | "person.change"
  | "person.remove"
  | "person.export"
  | "key.create"
  | "key.rotate"
  | "key.revoke"
  | "key.expose";

/** Writes down what is done, in the transaction that does it. */
export function recordAudit(tx: SqlOrTx, actor: Actor, action: AuditAction, subject: string): Promise<void> {
  return insertAuditEntry(tx, { ...actor, action, subject });
}

/** The actor that a viewer is. */
export function actorOf({ principal }: Viewer, address: string): Actor {
  return { principal, address };
}
