import { and, desc, eq, gte, lt, or, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { auditEntries } from "@/db/schema/audit-entries";
import { people } from "@/db/schema/people";
import type { EpochMs } from "@/lib/uptime/types";

export type NewAuditEntry = Pick<typeof auditEntries.$inferInsert, "principal" | "action" | "subject" | "address">;

export async function insertAuditEntry(tx: Db, entry: NewAuditEntry): Promise<void> {
  await tx.insert(auditEntries).values(entry);
}

export async function insertAuditEntries(tx: Db, entries: readonly NewAuditEntry[]): Promise<void> {
  await tx.insert(auditEntries).values([...entries]);
}

/** Filters of entries; a missing one filters nothing. */
export interface AuditFilter {
  readonly principal?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** Entries by or about this account. */
  readonly about?: string | undefined;
  /** From the first instant (included) to the second (excluded). */
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
}

/** Newest first. @param before only those with smaller ids */
export function listAuditEntries(db: Db, before: number | null, limit: number, filter: AuditFilter = {}) {
  const { id, at, principal, action, subject, address } = auditEntries;
  const { about, from, to } = filter;
  return db
    .select({ id, at, principal, name: people.name, action, subject, address })
    .from(auditEntries)
    .leftJoin(people, eq(principal, sql`'person:' || ${people.id}`))
    .where(
      and(
        before === null ? undefined : lt(id, before),
        filter.principal === undefined ? undefined : eq(principal, filter.principal),
        filter.action === undefined ? undefined : eq(action, filter.action),
        filter.subject === undefined ? undefined : eq(subject, filter.subject),
        about === undefined ? undefined : or(eq(principal, about), eq(subject, about)),
        from === undefined ? undefined : gte(at, from),
        to === undefined ? undefined : lt(at, to),
      ),
    )
    .orderBy(desc(id))
    .limit(limit);
}
