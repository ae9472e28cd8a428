import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { mergeStagedStores } from "./import-stage";

export interface HoursMerge {
  /** New intervals. */
  readonly accepted: number;
  readonly changed: boolean;
  readonly storesAdded: number;
}

/**
 * Replaces the hours of every store in `import_stores` by `import_hours`, in the open transaction. Other stores keep
 * theirs. Of two concurrent imports the later one to commit wins completely: they never mix.
 */
export async function mergeStagedHours(db: Db): Promise<HoursMerge> {
  await db.sql`select pg_advisory_xact_lock(${advisoryLocks.hours})`;
  const { added: storesAdded } = await mergeStagedStores(db);
  const removed = await db.sql`
    delete from business_hours b
    using import_stores i
    where b.store_key = i.store_key
      and not exists (
        select from import_hours s
        where s.number = i.number and s.day = b.day and s.start_second = b.start_second and s.end_second = b.end_second)`;
  const { count: accepted } = await db.sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select i.store_key, s.day, s.start_second, s.end_second
    from import_hours s join import_stores i on i.number = s.number
    order by 1, 2, 3, 4
    on conflict do nothing`;
  return { accepted, changed: accepted + removed.count + storesAdded > 0, storesAdded };
}
