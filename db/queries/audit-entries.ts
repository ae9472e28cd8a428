import { and, desc, eq, gte, like, lt, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { apiKeys } from "@/db/schema/api-keys";
import { auditEntries } from "@/db/schema/audit-entries";
import { people } from "@/db/schema/people";
import { stores } from "@/db/schema/stores";
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

const actorKeys = alias(apiKeys, "actor_keys");
const targetPeople = alias(people, "target_people");
const targetKeys = alias(apiKeys, "target_keys");

/** Newest first, with the current names of actors and targets. @param before only those with smaller ids */
export function listAuditEntries(db: Db, before: number | null, limit: number, filter: AuditFilter = {}) {
  const { id, at, principal, action, subject, address } = auditEntries;
  const { about, from, to } = filter;
  return (
    db
      .select({
        ...{ id, at, principal, action, subject, address },
        name: sql<string | null>`coalesce(${people.name}, ${actorKeys.name})`,
        subjectName: sql<string | null>`coalesce(${targetPeople.name}, ${targetKeys.name}, ${stores.name})`,
      })
      .from(auditEntries)
      .leftJoin(people, eq(principal, sql`'person:' || ${people.id}`))
      .leftJoin(actorKeys, eq(principal, sql`'key:' || ${actorKeys.id}`))
      .leftJoin(targetPeople, eq(subject, sql`'person:' || ${targetPeople.id}`))
      .leftJoin(targetKeys, eq(subject, sql`'key:' || ${targetKeys.id}`))
      // By the id, not by a text made of it, so that the index of the ids is used.
      .leftJoin(stores, and(like(subject, "store:%"), eq(stores.storeId, sql`substr(${subject}, 7) collate "C"`)))
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
      .limit(limit)
  );
}
