import type { Db } from "@/db/client";
import { usePresentIds } from "./import-stage";

/** The columns of `stores` that describe a store, in the order in which they are staged. */
export const storeDetails = [
  ...(["name", "brand", "group_name", "address", "url", "time_zone", "tags", "lifecycle"] as const),
];

export type StoreDetail = (typeof storeDetails)[number];

/** Between the tags of a store in a file. */
export const tagSeparator = ";";

/** The staged text of a column as its value; an empty lifecycle changes nothing, and no file restores a store. */
function valueOf(column: StoreDetail): string {
  if (column === "tags") return `coalesce(string_to_array(d.tags, '${tagSeparator}'), '{}')`;
  if (column !== "lifecycle") return `d.${column}`;
  return "case when t.lifecycle = 'deleted' then t.lifecycle else coalesce(d.lifecycle, t.lifecycle) end";
}

/** Columns that figures of the fleet depend on: zones and states, and what calendars are given to. */
const columnsOfFigures: ReadonlySet<StoreDetail> = new Set(["brand", "group_name", "time_zone", "lifecycle"]);

/** Whether figures depend on one of the columns. */
export function concernsFigures(given: readonly StoreDetail[]): boolean {
  return given.some((column) => columnsOfFigures.has(column));
}

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
    insert into stores (store_id, name, brand, group_name, address, url, time_zone, tags, lifecycle, lifecycle_since)
    select d.store_id, d.name, d.brand, d.group_name, d.address, d.url, d.time_zone,
      ${sql.unsafe(valueOf("tags"))}, coalesce(d.lifecycle, 'active'), case when d.lifecycle <> 'active' then now() end
    from import_details d
    where not exists (select from stores t where t.store_id = d.store_id)
    order by d.store_id
    on conflict (store_id) do nothing`;
  // Names from the closed list above: no text of the file gets here.
  const sets = given.map((column) => `${column} = ${valueOf(column)}`);
  if (given.includes("lifecycle")) {
    const isSame = `t.lifecycle = ${valueOf("lifecycle")}`;
    sets.push(`lifecycle_since = case when ${isSame} then t.lifecycle_since else now() end`);
  }
  const differs = given.map((column) => `t.${column} is distinct from ${valueOf(column)}`).join(" or ");
  const moved = await sql.unsafe(
    `update stores t set ${sets.join(", ")} from import_details d where t.store_id = d.store_id and (${differs})`,
  );
  return { accepted: added.count + moved.count, storesAdded: added.count };
}
