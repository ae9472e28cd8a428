import type { SqlOrTx } from "@/db/client";
import { insertAuditEntry } from "@/db/queries/audit-entries";
import type { AuditAction } from "@/lib/contract/enums";

/** Who does something, and from where: what the audit log says beside what was done. A viewer is one. */
export interface Actor {
  readonly principal: string;
  readonly address: string;
}

/** Writes down what is done, in the transaction that does it. */
export function recordAudit(tx: SqlOrTx, actor: Actor, action: AuditAction, subject: string): Promise<void> {
  return insertAuditEntry(tx, { ...actor, action, subject });
}
