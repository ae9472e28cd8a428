import { CopyWriter } from "@/db/copy/copy-writer";
import type { SqlOrTx } from "@/db/client";

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
  tx: SqlOrTx,
  table: string,
  reportId: number,
  block: FiguresBlock,
): Promise<void> {
  const copy = `copy ${table} (report_id, store_id, store_key, figures) from stdin (format binary)`;
  const writer = await CopyWriter.open(tx, copy, 4);
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
function readIntegers(sent: Buffer): Int32Array {
  const numbers = new Int32Array(Math.max(0, sent.length - arrayHeadBytes) / elementBytes);
  for (let index = 0; index < numbers.length; index++) {
    numbers[index] = sent.readInt32BE(arrayHeadBytes + elementBytes * index + 4);
  }
  return numbers;
}

/**
 * The next rows of a report in byte order of store ids. Their figures come as bytes: the driver reads an array's text a
 * character at a time, which was most of a download's time.
 * after the last id already read; "" at the start
 */
export async function readReportRows(
  sql: SqlOrTx,
  reportId: number,
  after: string,
  limit: number,
): Promise<ReportRowOut[]> {
  const rows = await sql<{ store_id: string; figures: Buffer }[]>`
    select store_id, array_send(figures) as figures from report_rows
    where report_id = ${reportId} and store_id > ${after} order by store_id limit ${limit}`;
  return rows.map((row) => ({ storeId: row.store_id, figures: readIntegers(row.figures) }));
}
