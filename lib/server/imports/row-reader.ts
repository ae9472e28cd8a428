import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings } from "./import-warnings";
import type { RowFault } from "@/lib/server/text/row-faults";

/** Rows of one kind of file: checks each and hands the good ones to the database in batches. */
export interface RowReader {
  /**
   * Checks the row at hand and takes it, or says why not.
   * @param columns for each of `columnsOf[kind]`, the field it stands in; then of `optionalColumnsOf[kind]`, -1 where
   *   the file has it not
   */
  take(csv: CsvScanner, columns: Int32Array, warnings: ImportWarnings): RowFault | null;
  /** Sends what was taken since the last call; called a window of the file at a time. */
  flush(): Promise<void>;
}
