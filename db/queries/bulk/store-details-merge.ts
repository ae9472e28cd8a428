import type { Db } from "@/db/client";
import { usePresentIds } from "./import-stage";

/** The columns of `stores` that describe a store, in the order in which they are staged. */
export const storeDetails = ["name", "brand", "group_name", "address", "url"] as const;

export type StoreDetail = (typeof storeDetails)[number];

/**
 * Gives the stores in `import_details` their details, and inserts unknown ones, in the open transaction.
 * @param given the columns of the file: the others keep their values
 */
export async function mergeStagedDetails(
  db: Db,
  given: readonly StoreDetail[],
): Promise<{ readonly accepted: number; readonly storesAdded: number }> {
  const { sql } = db;
  await usePresentIds(db, "import_details");
  // In order of id, so that imports which insert the same stores wait for each other without a deadlock.
  const added = await sql`
    insert into stores (store_id, name, brand, group_name, address, url)
    select d.store_id, d.name, d.brand, d.group_name, d.address, d.url from import_details d
    where not exists (select from stores t where t.store_id = d.store_id)
    order by d.store_id
    on conflict (store_id) do nothing`;
  // Names from the closed list above: no text of the file gets here.
  const sets = given.map((column) => `${column} = d.${column}`).join(", ");
  const differs = given.map((column) => `t.${column} is distinct from d.${column}`).join(" or ");
  const moved = await sql.unsafe(
    `update stores t set ${sets} from import_details d where t.store_id = d.store_id and (${differs})`,
  );
  return { accepted: added.count + moved.count, storesAdded: added.count };
}
