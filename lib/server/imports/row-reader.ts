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
  /**
   * Notes a rejected row. @param fieldOf the trimmed text of a column, by its index in `columnsOf[kind]`; "" where the
   * row does not have it
   */
  reject?(fault: RowFault, fieldOf: (column: number) => string): void;
  /** Called after the last row, before anything is stored. */
  conclude?(warnings: ImportWarnings): void;
  /** Sends the rows taken since the last call; called once per window of the file. */
  flush(): Promise<void>;
}
