import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { mergeStagedStores, useOneIdPerDate, type DatesOfStores } from "./import-stage";

export interface ExceptionsMerge {
  /** New rows. */
  readonly accepted: number;
  readonly changed: boolean;
  readonly storesAdded: number;
  /** Good intervals that were not merged: of dates with a rejected row, and of earlier ids beside others. */
  readonly discarded: number;
}

/**
 * Replaces the hours of every store and date in `import_exceptions`, in the open transaction. Other dates keep theirs.
 * Of two concurrent imports the later one to commit wins completely: they never mix.
 * @param rejected dates that keep their hours, because the file has a rejected row of them
 */
export async function mergeStagedExceptions(db: Db, rejected: DatesOfStores): Promise<ExceptionsMerge> {
  await db.sql`select pg_advisory_xact_lock(${advisoryLocks.exceptions})`;
  const { added: storesAdded } = await mergeStagedStores(db);
  const discarded = await useOneIdPerDate(db, rejected);
  const removed = await db.sql`
    delete from schedule_exceptions e
    using (
      select distinct i.store_key, i.number, s.local_date
      from import_exceptions s join import_stores i on i.number = s.number) d
    where e.store_key = d.store_key and e.local_date = d.local_date
      and not exists (
        select from import_exceptions s
        where s.number = d.number and s.local_date = e.local_date
          and s.start_second = e.start_second and s.end_second = e.end_second)`;
  const { count: accepted } = await db.sql`
    insert into schedule_exceptions (store_key, local_date, start_second, end_second)
    select i.store_key, s.local_date, s.start_second, s.end_second
    from import_exceptions s join import_stores i on i.number = s.number
    order by 1, 2, 3, 4
    on conflict do nothing`;
  return { accepted, changed: accepted + removed.count + storesAdded > 0, storesAdded, discarded };
}
