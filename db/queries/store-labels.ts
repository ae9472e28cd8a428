import type { Db } from "@/db/client";
import { among, type StoreSet } from "@/db/store-set";

export interface Labels {
  readonly name: string;
  readonly brand: string;
  readonly group: string;
}

/** Labels stores, by id; ids that are not known are passed over. */
export async function labelStores({ sql }: Db, labels: ReadonlyMap<string, Labels>): Promise<void> {
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
  { sql }: Db,
  within: StoreSet,
  limit: number,
): Promise<{ readonly brands: LabelCount[]; readonly groups: LabelCount[] }> {
  const count = (kind: "brand" | "group", column: "brand" | "group_name") => sql`
    (select ${kind} as kind, ${sql(column)} as label, count(*)::int as stores from stores
    where ${among(sql, sql`store_key`, within)} and ${sql(column)} is not null group by 2 order by 3 desc, 2 limit ${limit})`;
  const counted = await sql<(LabelCount & { kind: "brand" | "group" })[]>`
    ${count("brand", "brand")} union all ${count("group", "group_name")} order by kind, stores desc, label`;
  const of = (one: "brand" | "group"): LabelCount[] =>
    counted.flatMap(({ kind, label, stores }) => (kind === one ? { label, stores } : []));
  return { brands: of("brand"), groups: of("group") };
}
