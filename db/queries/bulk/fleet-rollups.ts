import type { Db } from "@/db/client";
import { as, orNull, readRows } from "@/db/rows";
import { among, type StoreSet } from "@/db/store-set";
import { sumOfEachFigure } from "./fleet-totals";

/** What stores are grouped by. */
export type RollupColumn = "brand" | "group_name" | "time_zone" | "tag";

const rollupRow = {
  label: orNull(as.text),
  stores: as.number,
  offline: as.number,
  labels: as.number,
  sums: as.bigintArray,
};

/** Stores of a snapshot with the same label, together. */
export interface Rollup {
  /** Null: stores without one. */
  readonly label: string | null;
  readonly stores: number;
  /** How many of them are offline. */
  readonly offline: number;
  /** How many labels there are, returned or not. */
  readonly labels: number;
  /** The 21 figures, summed. */
  readonly sums: readonly number[];
}

/** The labels with the most stores, each with its sums. A store counts for each of its tags. */
export function rollUpStores(
  { sql }: Db,
  reportId: number,
  by: RollupColumn,
  stores: StoreSet,
  most: number,
): Promise<Rollup[]> {
  return readRows(
    sql`
    select ${by === "tag" ? sql`tag` : sql`s.${sql(by)}`} as label, count(*)::int as stores,
      (count(*) filter (where f.state = 'offline'))::int as offline, (count(*) over ())::int as labels,
      array[${sql.unsafe(sumOfEachFigure)}] as sums
    from fleet_rows as f
    join stores as s on s.store_key = f.store_key
    ${by === "tag" ? sql`left join lateral unnest(s.tags) as tag on true` : sql``}
    join report_rows as r on r.report_id = f.report_id and r.store_key = f.store_key and r.store_id = f.store_id
    where f.report_id = ${reportId} and ${among(sql, sql`f.store_key`, stores)}
    group by 1 order by 2 desc, 1 limit ${most}`,
    rollupRow,
  );
}
