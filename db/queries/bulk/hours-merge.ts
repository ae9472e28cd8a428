import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { as, orNull, readRows, readOneRow } from "@/db/rows";
import { stores } from "@/db/schema/stores";
import type { HoursReplacement, KeptHours } from "./earlier-hours";
import { mergeStagedStores, useOneIdPerStore } from "./import-stage";
import { packedHours } from "./schedule-codec";

export interface HoursMerge {
  /** New intervals. */
  readonly accepted: number;
  readonly changed: boolean;
  readonly storesAdded: number;
  /** Good intervals that were not merged: of stores whose hours stay, and of earlier ids beside others. */
  readonly discarded: number;
}

/** A store of the file whose hours are about to be replaced. */
interface StagedReplacement extends HoursReplacement {
  readonly storeId: string;
}

const replacementRow = {
  storeKey: stores.storeKey,
  storeId: stores.storeId,
  timeZone: stores.timeZone,
  present: orNull(as.text),
  next: orNull(as.text),
};
const countRow = { intervals: as.number };

/** The staged stores that may have hours to keep. @param ofNewStores whether those without hours may */
function readReplacements({ sql }: Db, ofNewStores: boolean): Promise<readonly StagedReplacement[]> {
  return readRows(
    sql`
    select t.store_key, t.store_id, t.time_zone, encode(present.hours, 'hex') as present, encode(next.hours, 'hex') as next
    from import_stores i
    join stores t on t.store_key = i.store_key
    left join (
      select store_key, ${sql.unsafe(packedHours.weekly)} as hours
      from business_hours where store_key in (select store_key from import_stores) group by store_key
    ) as present on present.store_key = i.store_key
    left join (
      select number, ${sql.unsafe(packedHours.staged)} as hours from import_hours group by number
    ) as next on next.number = i.number
    where ${ofNewStores} or present.hours is distinct from next.hours and present.hours is not null
      or exists (select from earlier_hours e where e.store_key = i.store_key)
    order by t.store_key`,
    replacementRow,
  );
}

/** How the hours that applied before those of a file are kept. */
export interface EarlierHoursRule {
  /** Whether a store without hours also has earlier ones: it was always open. */
  readonly ofNewStores: boolean;
  readonly keep: (db: Db, replacements: readonly StagedReplacement[]) => Promise<KeptHours>;
  /** Ids whose stores keep their hours, because the file has a rejected row of them. */
  readonly rejected: readonly string[];
}

async function countStaged({ sql }: Db, storeKeys: readonly number[]): Promise<number> {
  if (storeKeys.length === 0) return 0;
  const { intervals } = await readOneRow(
    sql`
    select count(*)::int as intervals from import_hours s join import_stores i on i.number = s.number
    where i.store_key = any(${[...storeKeys]}::int[])`,
    countRow,
  );
  return intervals;
}

/** Takes the stores whose latest hours stay out of the stage. @returns the numbers of their intervals */
async function takeOut(
  db: Db,
  { changed, keepingLatest, full }: KeptHours,
): Promise<Pick<HoursMerge, "accepted" | "discarded">> {
  const kept = [...keepingLatest];
  const accepted = await countStaged(
    db,
    kept.filter((storeKey) => changed.has(storeKey)),
  );
  const discarded = await countStaged(db, [...full]);
  if (kept.length > 0) await db.sql`delete from import_stores where store_key = any(${kept}::int[])`;
  return { accepted, discarded };
}

/**
 * Replaces the hours of every store in `import_stores` by `import_hours`, in the open transaction; where a change is
 * planned, those up to it. Other stores keep
 * theirs. Of two concurrent imports the later one to commit wins completely: they never mix.
 */
export async function mergeStagedHours(db: Db, { ofNewStores, keep, rejected }: EarlierHoursRule): Promise<HoursMerge> {
  await db.sql`select pg_advisory_xact_lock(${advisoryLocks.hours})`;
  const { added: storesAdded } = await mergeStagedStores(db);
  const others = await useOneIdPerStore(db, rejected);
  const kept = await keep(db, await readReplacements(db, ofNewStores));
  const { accepted: planned, discarded } = await takeOut(db, kept);
  const removed = await db.sql`
    delete from business_hours b
    using import_stores i
    where b.store_key = i.store_key
      and not exists (
        select from import_hours s
        where s.number = i.number and s.day = b.day and s.start_second = b.start_second and s.end_second = b.end_second)`;
  const { count: added } = await db.sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select i.store_key, s.day, s.start_second, s.end_second
    from import_hours s join import_stores i on i.number = s.number
    order by 1, 2, 3, 4
    on conflict do nothing`;
  const changed = added + removed.count + storesAdded + kept.changed.size > 0;
  return { accepted: added + planned, changed, storesAdded, discarded: discarded + others };
}
