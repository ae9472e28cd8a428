import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings } from "./import-warnings";
import type { RowFault } from "@/lib/server/text/row-faults";

/** Rows of one kind of file: validates each and sends the good ones to the database in batches. */
export interface RowReader {
  /**
   * Validates the current row and takes it, or returns why not.
   * @param columns the field index for each of `columnsOf[kind]`, then of `optionalColumnsOf[kind]`; -1 for a column
   *   that the file does not have
   */
  take(csv: CsvScanner, columns: Int32Array, warnings: ImportWarnings): RowFault | null;
  /** Sends the rows taken since the last call; called once per window of the file. */
  flush(): Promise<void>;
}
