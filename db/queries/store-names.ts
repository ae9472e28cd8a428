import type { SqlOrTx } from "@/db/client";

/** Names stores, by id; ids that are not known are passed over. */
export async function nameStores(sql: SqlOrTx, names: ReadonlyMap<string, string>): Promise<void> {
  await sql`
    update stores s set name = n.name
    from unnest(${[...names.keys()]}::text[], ${[...names.values()]}::text[]) as n (store_id, name)
    where s.store_id = n.store_id and s.name is distinct from n.name`;
}
