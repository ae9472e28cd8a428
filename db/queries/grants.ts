import type { Db, Sql } from "@/db/client";
import type { StoredGrant } from "@/db/schema/people";

/** What a person sees and may change, as keys of stores; both null for an operator, who sees all. */
export interface GrantedKeys {
  readonly seen: number[] | null;
  readonly managed: number[] | null;
}

/** Joins `granted (seen, managed)` to a row of `people as p`: of the groups, the stores that are in them now. */
export function joinGranted(sql: Sql) {
  return sql`
    left join lateral (
      select coalesce(array_agg(g.store_key order by g.store_key), '{}') as seen,
        coalesce(array_agg(g.store_key order by g.store_key) filter (where g.manage), '{}') as managed
      from (
        select store_key, bool_or(manage) as manage
        from (
          select store_key, manage from person_stores where person_id = p.id
          union all
          select s.store_key, pg.manage from person_groups pg join stores s on s.group_name = pg.group_name
          where pg.person_id = p.id
        ) as given group by store_key
      ) as g
    ) as granted on p.role = 'owner'`;
}

/** Replaces what a person was given. Stores that are not known are passed over. */
export async function replaceGrants({ sql }: Db, personId: number, grants: readonly StoredGrant[]): Promise<void> {
  await sql`delete from person_stores where person_id = ${personId}`;
  await sql`delete from person_groups where person_id = ${personId}`;
  const ofStores = grants.flatMap((one) => ("storeId" in one ? [one] : []));
  const ofGroups = grants.flatMap((one) => ("group" in one ? [one] : []));
  await sql`
    insert into person_stores (person_id, store_key, manage)
    select ${personId}::bigint, s.store_key, bool_or(g.manage = 1)
    from unnest(${ofStores.map((one) => one.storeId)}::text[], ${ofStores.map((one) => Number(one.manage))}::int4[])
      as g (store_id, manage)
    join stores s on s.store_id = g.store_id collate "C" group by s.store_key`;
  await sql`
    insert into person_groups (person_id, group_name, manage)
    select ${personId}::bigint, g.group_name, bool_or(g.manage = 1)
    from unnest(${ofGroups.map((one) => one.group)}::text[], ${ofGroups.map((one) => Number(one.manage))}::int4[])
      as g (group_name, manage)
    group by g.group_name`;
}

/** What each person was given, as it was given. */
export async function listGrants({ sql }: Db): Promise<ReadonlyMap<number, readonly StoredGrant[]>> {
  const rows = await sql<{ person_id: string; store_id: string | null; group_name: string | null; manage: boolean }[]>`
    select ps.person_id, s.store_id, null as group_name, ps.manage
    from person_stores ps join stores s on s.store_key = ps.store_key
    union all
    select person_id, null, group_name, manage from person_groups
    order by person_id, store_id nulls last, group_name`;
  const grants = new Map<number, StoredGrant[]>();
  for (const { person_id, store_id, group_name, manage } of rows) {
    const of = grants.get(Number(person_id)) ?? [];
    grants.set(Number(person_id), of);
    of.push(store_id === null ? { group: group_name ?? "", manage } : { storeId: store_id, manage });
  }
  return grants;
}
