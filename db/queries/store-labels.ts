import type { SqlOrTx } from "@/db/client";
import { among, type StoreSet } from "@/db/store-set";

export interface Labels {
  readonly name: string;
  readonly brand: string;
  readonly group: string;
}

/** Labels stores, by id; ids that are not known are passed over. */
export async function labelStores(sql: SqlOrTx, labels: ReadonlyMap<string, Labels>): Promise<void> {
  const of = (part: keyof Labels): string[] => [...labels.values()].map((one) => one[part]);
  await sql`
    update stores s set name = n.name, brand = n.brand, group_name = n.group_name
    from unnest(${[...labels.keys()]}::text[], ${of("name")}::text[], ${of("brand")}::text[], ${of("group")}::text[])
      as n (store_id, name, brand, group_name)
    where s.store_id = n.store_id
      and (s.name, s.brand, s.group_name) is distinct from (n.name, n.brand, n.group_name)`;
}

export interface LabelCount {
  readonly label: string;
  readonly stores: number;
}

/** The brands and groups that stores have, those of most stores first. @param within the stores that count */
export async function countLabels(
  sql: SqlOrTx,
  within: StoreSet,
  limit: number,
): Promise<{ readonly brands: LabelCount[]; readonly groups: LabelCount[] }> {
  const count = (column: "brand" | "group_name") => sql<LabelCount[]>`
    select ${sql(column)} as label, count(*)::int as stores from stores
    where ${among(sql, sql`store_key`, within)} and ${sql(column)} is not null group by 1 order by 2 desc, 1 limit ${limit}`;
  const [brands, groups] = await Promise.all([count("brand"), count("group_name")]);
  return { brands: [...brands], groups: [...groups] };
}
