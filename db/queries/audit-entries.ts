import type { SqlOrTx } from "@/db/client";

export interface NewAuditEntry {
  readonly principal: string;
  readonly action: string;
  readonly subject: string;
  readonly address: string;
}

export async function insertAuditEntry(tx: SqlOrTx, entry: NewAuditEntry): Promise<void> {
  await tx`
    insert into audit_entries (principal, action, subject, address)
    values (${entry.principal}, ${entry.action}, ${entry.subject}, ${entry.address})`;
}

export interface AuditRow extends NewAuditEntry {
  readonly id: number;
  readonly at: string;
  readonly name: string | null;
}

/** Newest first. @param before only those with smaller ids   @param of only what they did or what was done to them */
export async function listAuditEntries(
  sql: SqlOrTx,
  before: number | null,
  limit: number,
  of: string | null = null,
): Promise<AuditRow[]> {
  const rows = await sql<(Omit<AuditRow, "id"> & { id: string })[]>`
    select a.id, a.at, a.principal, p.name, a.action, a.subject, a.address
    from audit_entries a left join people p on a.principal = 'person:' || p.id
    where ${before === null ? sql`true` : sql`a.id < ${before}`}
      and ${of === null ? sql`true` : sql`(a.principal = ${of} or a.subject = ${of})`}
    order by a.id desc limit ${limit}`;
  return rows.map((row) => ({ ...row, id: Number(row.id), at: new Date(row.at).toISOString() }));
}
