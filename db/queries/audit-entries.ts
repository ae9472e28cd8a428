import type { Db } from "@/db/client";

export interface NewAuditEntry {
  readonly principal: string;
  readonly action: string;
  readonly subject: string;
  readonly address: string;
}

export async function insertAuditEntry({ sql }: Db, entry: NewAuditEntry): Promise<void> {
  await sql`
    insert into audit_entries (principal, action, subject, address)
    values (${entry.principal}, ${entry.action}, ${entry.subject}, ${entry.address})`;
}

export interface AuditRow extends NewAuditEntry {
  readonly id: number;
  readonly at: string;
  readonly name: string | null;
}

/** Which entries are meant; what is not named narrows nothing. */
export interface AuditFilter {
  readonly principal?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** Who did it, or to whom it was done. */
  readonly about?: string | undefined;
  /** ISO 8601, from the one on and before the other. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Newest first. @param before only those with smaller ids */
export async function listAuditEntries(
  { sql }: Db,
  before: number | null,
  limit: number,
  { principal, action, subject, about, from, to }: AuditFilter = {},
): Promise<AuditRow[]> {
  const rows = await sql<(Omit<AuditRow, "id"> & { id: string })[]>`
    select a.id, a.at, a.principal, p.name, a.action, a.subject, a.address
    from audit_entries a left join people p on a.principal = 'person:' || p.id
    where ${before === null ? sql`true` : sql`a.id < ${before}`}
      and ${principal === undefined ? sql`true` : sql`a.principal = ${principal}`}
      and ${action === undefined ? sql`true` : sql`a.action = ${action}`}
      and ${subject === undefined ? sql`true` : sql`a.subject = ${subject}`}
      and ${about === undefined ? sql`true` : sql`(a.principal = ${about} or a.subject = ${about})`}
      and ${from === undefined ? sql`true` : sql`a.at >= ${from}`}
      and ${to === undefined ? sql`true` : sql`a.at < ${to}`}
    order by a.id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, id: Number(row.id), at: new Date(row.at).toISOString() }));
}
