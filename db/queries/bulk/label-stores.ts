import type { Db } from "@/db/client";

export interface Labels {
  readonly name: string;
  readonly brand: string;
  readonly group: string;
}

/** Labels stores, by id; unknown ids are skipped. */
export async function labelStores({ sql }: Db, labels: ReadonlyMap<string, Labels>): Promise<void> {
  const of = (part: keyof Labels): string[] => [...labels.values()].map((one) => one[part]);
  await sql`
    update stores s set name = n.name, brand = n.brand, group_name = n.group_name
    from unnest(${[...labels.keys()]}::text[], ${of("name")}::text[], ${of("brand")}::text[], ${of("group")}::text[])
      as n (store_id, name, brand, group_name)
    where s.store_id = n.store_id
      and (s.name, s.brand, s.group_name) is distinct from (n.name, n.brand, n.group_name)`;
}
