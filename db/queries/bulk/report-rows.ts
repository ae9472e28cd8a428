import { CopyWriter } from "@/db/copy-streams/copy-writer";
import type { Db } from "@/db/client";
import { as, orNull, readOneRow } from "@/db/rows";

const pageRow = { ids: orNull(as.text), figures: orNull(as.text) };

/** Figures of many stores in one block: those of store `i` are at `i * width` to `(i + 1) * width`. */
export interface FiguresBlock {
  readonly storeIds: readonly string[];
  readonly storeKeys: Int32Array;
  /** 21 or 6, as `report_rows.figures` says. */
  readonly width: number;
  readonly figures: Int32Array;
}

/** Writes rows of a report, in the order given, into `report_rows` or a table like it. */
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

/** Before the elements: dimensions, flags and type, and of the one dimension its length and lower bound. */
const arrayHeadBytes = 20;
/** Each element's length, then the element. */
const elementBytes = 8;

/** The elements of an `integer[]` without nulls, from the bytes that `array_send` makes of it. */
function readIntegers(sent: Buffer, start: number, end: number): number[] {
  // No typed array: so many short ones are slow to make and to clear away.
  const numbers = new Array<number>((end - start - arrayHeadBytes) / elementBytes);
  for (let index = 0, at = start + arrayHeadBytes + 4; index < numbers.length; index++, at += elementBytes) {
    numbers[index] = (sent[at]! << 24) | (sent[at + 1]! << 16) | (sent[at + 2]! << 8) | sent[at + 3]!;
  }
  return numbers;
}

/**
 * The next rows of a report in byte order of store ids. They come as one value each of ids and of figures, the latter
 * as bytes: to take thousands of rows and their arrays out of the driver's text was most of a download's time.
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
  // Of one report all have the same number of figures.
  const bytes = sent.length / ids.length;
  return ids.map((storeId, row) => ({ storeId, figures: readIntegers(sent, row * bytes, (row + 1) * bytes) }));
}
