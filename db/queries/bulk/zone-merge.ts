import type { Db } from "@/db/client";
import { usePresentIds } from "./import-stage";

/**
 * Gives the stores in `import_zones` their zones, and inserts unknown stores, in the open transaction.
 * @returns the number of stores that are new or have another zone than before
 */
export async function mergeStagedZones(db: Db): Promise<number> {
  const { sql } = db;
  await usePresentIds(db, "import_zones");
  const moved = await sql`
    update stores t set time_zone = s.time_zone
    from import_zones s
    where t.store_id = s.store_id and t.time_zone is distinct from s.time_zone`;
  // In order of id, so that imports which insert the same stores wait for each other without a deadlock.
  const added = await sql`
    insert into stores (store_id, time_zone)
    select s.store_id, s.time_zone from import_zones s
    where not exists (select from stores t where t.store_id = s.store_id)
    order by s.store_id
    on conflict (store_id) do update set time_zone = excluded.time_zone
    where stores.time_zone is distinct from excluded.time_zone`;
  return moved.count + added.count;
}
