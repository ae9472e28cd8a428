import type { Db, Sql } from "@/db/client";
import { as, orNull, readOneRow, readRows } from "@/db/rows";
import { reportRows } from "@/db/schema/reports";
import { stores } from "@/db/schema/stores";

const sumsRow = { sums: as.numberArray };
const bandRow = { band: orNull(as.number), stores: as.number };
const worstRow = {
  storeId: reportRows.storeId,
  name: stores.name,
  ratio: as.number,
  up: as.number,
  down: as.number,
  open: orNull(as.number),
};

/** Sums of each figure of `report_rows.figures` over a report's stores, in their order. @param width 21 or 6 */
export async function sumFigures({ sql }: Db, reportId: number, width: number): Promise<number[]> {
  const expressions = Array.from(
    { length: width },
    (_, index) => `coalesce(sum(figures[${String(index + 1)}]), 0)::float8`,
  );
  const { sums } = await readOneRow(
    sql`
    select array[${sql.unsafe(expressions.join(", "))}] as sums from report_rows where report_id = ${reportId}`,
    sumsRow,
  );
  return sums;
}

/**
 * The positions of a window's up and down time among the figures, counted from 0, and of its open time if it has one.
 */
export interface FigurePositions {
  readonly up: number;
  readonly down: number;
  readonly open: number | null;
}

function figures(sql: Sql, reportId: number, { up, down, open }: FigurePositions) {
  return sql`
    select store_id, store_key, up, down, open, up::float8 / nullif(up + down, 0) as ratio
    from (
      select store_id, store_key, figures[${up + 1}]::bigint as up, figures[${down + 1}]::bigint as down,
        ${open === null ? sql`null::bigint` : sql`figures[${open + 1}]::bigint`} as open
      from report_rows where report_id = ${reportId}
    ) as of_window`;
}

/**
 * The number of stores with a ratio from each edge up to the next one.
 * @param edges ascending, the first 0
 * @returns a count per edge, and of the stores without a ratio
 */
export async function countByRatio(
  { sql }: Db,
  reportId: number,
  places: FigurePositions,
  edges: readonly number[],
): Promise<{ readonly counts: number[]; readonly without: number }> {
  const rows = await readRows(
    sql`
    select width_bucket(ratio, ${[...edges]}::float8[]) as band, count(*)::int as stores
    from (${figures(sql, reportId, places)}) as f group by band`,
    bandRow,
  );
  const of = (band: number | null): number => rows.find((row) => row.band === band)?.stores ?? 0;
  return { counts: edges.map((_, index) => of(index + 1)), without: of(null) };
}

export interface WorstStore {
  readonly storeId: string;
  readonly name: string | null;
  readonly ratio: number;
  readonly up: number;
  readonly down: number;
  /** Null when the method has none. */
  readonly open: number | null;
}

/** The stores that were down for the greatest share of their known time, then the longest. */
export async function worstStores(
  { sql }: Db,
  reportId: number,
  places: FigurePositions,
  limit: number,
): Promise<WorstStore[]> {
  return readRows(
    sql`
    select f.store_id, s.name, f.ratio, f.up::float8 as up, f.down::float8 as down, f.open::float8 as open
    from (${figures(sql, reportId, places)}) as f join stores as s on s.store_key = f.store_key
    where f.down > 0 order by f.ratio, f.down desc, f.store_id limit ${limit}`,
    worstRow,
  );
}
