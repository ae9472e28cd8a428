import type { Db } from "@/db/client";
import { insertAuditEntries, insertAuditEntry } from "@/db/queries/audit-entries";
import type { AuditAction } from "@/lib/contract/enums";

/** Who does something, and from where, for the audit log. A viewer is one. */
export interface Actor {
  readonly principal: string;
  readonly address: string;
}

/** Records an action in the audit log, in the transaction that performs it. */
export function recordAudit(tx: Db, actor: Actor, action: AuditAction, subject: string): Promise<void> {
  return insertAuditEntry(tx, { ...actor, action, subject });
}

/** Records one action on each of the subjects, like `recordAudit`. */
export function recordAudits(tx: Db, actor: Actor, action: AuditAction, subjects: readonly string[]): Promise<void> {
  const { principal, address } = actor;
  return insertAuditEntries(
    tx,
    subjects.map((subject) => ({ principal, address, action, subject })),
  );
}
