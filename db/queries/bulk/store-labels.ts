import type { Db } from "@/db/client";
import { as, oneOf, readRows } from "@/db/rows";
import { among, type StoreSet } from "@/db/store-set";
import { isListedRow } from "@/db/queries/store-lifecycle";

export interface LabelCount {
  readonly label: string;
  readonly stores: number;
}

const labelRow = { kind: oneOf("brand", "group", "tag"), label: as.text, stores: as.number };

/**
 * The brands, groups and tags of listed stores, those of most stores first. One statement, which reads the stores once,
 * because it runs for every page of the fleet.
 * @param within the stores that count  @param limit the most labels of each kind
 */
export async function countLabels(
  { sql }: Db,
  within: StoreSet,
  limit: number,
): Promise<{ readonly brands: LabelCount[]; readonly groups: LabelCount[]; readonly tags: LabelCount[] }> {
  const rows = await readRows(
    sql`
    with labelled as materialized (
      select s.brand, s.group_name, s.tags from stores s
      where (s.brand is not null or s.group_name is not null or s.tags <> '{}')
        and ${sql.unsafe(isListedRow)} and ${among(sql, sql`s.store_key`, within)}
    ), labels as (
      select 'brand' as kind, brand as label from labelled where brand is not null
      union all select 'group', group_name from labelled where group_name is not null
      union all select 'tag', unnest(tags) from labelled
    ), counted as (
      select kind, label, count(*)::int as stores,
        row_number() over (partition by kind order by count(*) desc, label) as place
      from labels group by kind, label
    )
    select kind, label, stores from counted where place <= ${limit} order by kind, place`,
    labelRow,
  );
  const of = (kind: (typeof rows)[number]["kind"]): LabelCount[] =>
    rows.filter((row) => row.kind === kind).map(({ label, stores }) => ({ label, stores }));
  return { brands: of("brand"), groups: of("group"), tags: of("tag") };
}
