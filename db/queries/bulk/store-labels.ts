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
 * The brands, groups and tags of listed stores, those of most stores first. It runs for every page of the fleet: brands
 * and groups are counted in their indexes, and only stores with a tag are read.
 * @param within the stores that count  @param limit the most labels of each kind
 */
export async function countLabels(
  { sql }: Db,
  within: StoreSet,
  limit: number,
): Promise<{ readonly brands: LabelCount[]; readonly groups: LabelCount[]; readonly tags: LabelCount[] }> {
  const counted = (kind: "brand" | "group" | "tag", label: string, labelled: string) => sql`
    (select ${kind} as kind, ${sql.unsafe(label)} as label, count(*)::int as stores from stores s
    where ${sql.unsafe(`${labelled} and ${isListedRow}`)} and ${among(sql, sql`s.store_key`, within)}
    group by 2 order by 3 desc, 2 limit ${limit})`;
  const rows = await readRows(
    sql`
    select kind, label, stores from (
      ${counted("brand", "s.brand", "s.brand is not null")}
      union all ${counted("group", "s.group_name", "s.group_name is not null")}
      union all ${counted("tag", "unnest(s.tags)", "s.tags <> '{}'")}
    ) counted order by kind, stores desc, label`,
    labelRow,
  );
  const of = (kind: (typeof rows)[number]["kind"]): LabelCount[] =>
    rows.filter((row) => row.kind === kind).map(({ label, stores }) => ({ label, stores }));
  return { brands: of("brand"), groups: of("group"), tags: of("tag") };
}
