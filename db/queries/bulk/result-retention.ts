import type { Db } from "@/db/client";

/** Per call, so that no sweep holds locks for long. */
const reportsAtOnce = 200;

/**
 * Drops the rows of reports that ended at least that many days ago, oldest first; the reports themselves are kept for a
 * year.
 * @returns the number of reports
 */
export async function expireReports({ sql }: Db, days: number): Promise<number> {
  const { count } = await sql`
    with old as (
      select id from reports
      where origin = 'request' and expired_at is null and finished_at < now() - make_interval(days => ${days})
      order by finished_at limit ${reportsAtOnce} for update skip locked
    ), dropped as (
      delete from report_rows using old where report_id = old.id
    )
    update reports set expired_at = now() from old where reports.id = old.id`;
  await sql`
    delete from reports where origin = 'request' and expired_at < now() - interval '1 year'`;
  return count;
}

/** Deletes imports that ended at least that many days ago, with their rejects and undo data. @returns their number */
export async function deleteOldImports({ sql }: Db, days: number): Promise<number> {
  const { count } = await sql`
    delete from imports where id in (
      select id from imports
      where state not in ('receiving', 'queued', 'running', 'undoing') and finished_at < now() - make_interval(days => ${days})
      order by id limit 20 for update skip locked)`;
  return count;
}
