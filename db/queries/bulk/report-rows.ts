import { CopyWriter } from "@/db/copy-streams/copy-writer";
import type { Db } from "@/db/client";
import { as, orNull, readOneRow } from "@/db/rows";

const pageRow = { ids: orNull(as.text), figures: orNull(as.text) };

/** Figures of many stores in one block: those of store `i` are at `i * width` to `(i + 1) * width`. */
export interface FiguresBlock {
  readonly storeIds: readonly string[];
  readonly storeKeys: Int32Array;
  /** 21 or 6, see `report_rows.figures`. */
  readonly width: number;
  readonly figures: Int32Array;
}

/** Writes rows of a report, in the given order, into `report_rows` or a table like it. */
export async function writeReportRows(
  { sql }: Db,
  table: string,
  reportId: number,
  block: FiguresBlock,
): Promise<void> {
  const copy = `copy ${table} (report_id, store_id, store_key, figures) from stdin (format binary)`;
  const writer = await CopyWriter.open(sql, copy, 4);
  for (let store = 0; store < block.storeIds.length; store++) {
    await writer.row();
    writer.int8(reportId);
    writer.text(block.storeIds[store]!);
    writer.int4(block.storeKeys[store]!);
    writer.int4Array(block.figures.subarray(store * block.width, (store + 1) * block.width));
  }
  await writer.end();
}

export interface ReportRowOut {
  readonly storeId: string;
  readonly figures: ArrayLike<number>;
}

/** Before the elements: dimensions, flags and type, and the length and lower bound of the one dimension. */
const arrayHeadBytes = 20;
/** Each element's length, then the element. */
const elementBytes = 8;

/** The elements of an `integer[]` without nulls, from the bytes of `array_send`. */
function readIntegers(sent: Buffer, start: number, end: number): number[] {
  // Not a typed array: many short ones are slow to create and to collect.
  const numbers = new Array<number>((end - start - arrayHeadBytes) / elementBytes);
  for (let index = 0, at = start + arrayHeadBytes + 4; index < numbers.length; index++, at += elementBytes) {
    numbers[index] = (sent[at]! << 24) | (sent[at + 1]! << 16) | (sent[at + 2]! << 8) | sent[at + 3]!;
  }
  return numbers;
}

/**
 * The next rows of a report in byte order of store ids. Ids and figures arrive as one value each, the figures as bytes:
 * parsing thousands of rows and arrays from the driver's text took most of a download's time.
 * @param after the last id already read; "" at the start
 */
export async function readReportRows(
  { sql }: Db,
  reportId: number,
  after: string,
  limit: number,
): Promise<ReportRowOut[]> {
  const page = await readOneRow(
    sql`
    select string_agg(store_id, ' ' order by store_id) as ids,
      encode(string_agg(array_send(figures), '' order by store_id), 'base64') as figures
    from (
      select store_id, figures from report_rows
      where report_id = ${reportId} and store_id > ${after} order by store_id limit ${limit}
    ) as page`,
    pageRow,
  );
  if (page.ids === null || page.figures === null) return [];
  const ids = page.ids.split(" ");
  const sent = Buffer.from(page.figures, "base64");
  // All rows of one report have the same number of figures.
  const bytes = sent.length / ids.length;
  return ids.map((storeId, row) => ({ storeId, figures: readIntegers(sent, row * bytes, (row + 1) * bytes) }));
}
