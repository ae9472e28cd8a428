import { isHeaderAgain, readHeader, columnsOf, type ImportKind } from "./csv-header";
import { csvLimits, CsvScanner } from "./csv-scanner";
import { fileBytes, type BytesRead, type FileLimits } from "./file-bytes";
import { FileFault } from "./file-fault";
import { checkFileSignature } from "./file-signature";
import type { ImportWarnings } from "./import-warnings";
import type { RejectLog } from "./reject-log";
import { type RowFault, rowFaultReasons } from "@/lib/server/text/row-faults";
import type { RowReader } from "./row-reader";
import { textOf } from "@/lib/server/text/text-fields";

/** Rows below the header, so far. */
export interface RowCounts {
  rows: number;
  blank: number;
}

export interface FileReading {
  readonly kind: ImportKind;
  readonly source: AsyncIterable<Uint8Array>;
  readonly limits: FileLimits;
  readonly reader: RowReader;
  readonly warnings: ImportWarnings;
  readonly rejects: RejectLog;
  /** Updated while the file is read. */
  readonly counts: RowCounts;
  readonly bytesRead: BytesRead;
  /** Called once per window of the file; may throw to stop. */
  readonly onWindow: () => void;
}

/**
 * Reads a whole file: its signature, its header, then every row, which is accepted, blank or rejected.
 * @throws FileFault when the file as a whole is rejected
 */
export async function readFile(reading: FileReading): Promise<void> {
  const rows = new FileRows(reading);
  for await (const chunk of fileBytes(reading.source, reading.limits, reading.bytesRead)) {
    let from = 0;
    while (from < chunk.length) {
      from += rows.csv.fill(chunk, from);
      if (rows.csv.full) await rows.readWindow();
    }
  }
  rows.csv.finish();
  await rows.readWindow();
  if (rows.columns === null) throw new FileFault("empty_file", "The file has only blank lines.");
  if (reading.counts.rows === reading.counts.blank) reading.warnings.add("no_rows");
  if (rows.csv.mixedLineEnds) reading.warnings.add("mixed_line_ends");
  reading.reader.conclude?.(reading.warnings);
}

class FileRows {
  readonly csv = new CsvScanner();
  columns: Int32Array | null = null;
  #looked = false;
  #headerFields = 0;
  readonly #reading: FileReading;

  constructor(reading: FileReading) {
    this.#reading = reading;
  }

  async readWindow(): Promise<void> {
    const { csv } = this;
    const { reader, counts, onWindow } = this.#reading;
    if (!this.#looked) {
      this.#looked = true;
      csv.drop(checkFileSignature(csv.peek(4_096)));
    }
    for (let token = csv.next(); token !== "more" && token !== "end"; token = csv.next()) {
      if (token === "blank") {
        counts.rows += 1;
        counts.blank += 1;
      } else if (this.columns === null) this.#readHeader(token === "damaged");
      else {
        counts.rows += 1;
        const fault = token === "damaged" ? { column: "", code: csv.damage } : this.#take(this.columns);
        if (fault !== null) this.#reject(fault, this.columns, token === "damaged");
      }
    }
    await reader.flush();
    onWindow();
  }

  #readHeader(damaged: boolean): void {
    const { csv } = this;
    if (damaged && csv.fieldCount <= csvLimits.columns) {
      throw new FileFault(csv.damage, `The header cannot be read: ${rowFaultReasons[csv.damage]}.`, { line: csv.line });
    }
    this.columns = readHeader(csv, this.#reading.kind, this.#reading.warnings);
    this.#headerFields = csv.fieldCount;
  }

  #take(columns: Int32Array): RowFault | null {
    const { csv } = this;
    if (csv.fieldCount !== this.#headerFields) {
      const reason = `got ${csv.fieldCount.toString()} fields, expected ${this.#headerFields.toString()}`;
      return { column: "", code: "wrong_column_count", reason };
    }
    // A value that is too long for a required column is rejected by that column's rule.
    if (csv.rawLength > csvLimits.fieldBytes) {
      for (let field = 0; field < this.#headerFields; field++) {
        if (csv.isLongField(field) && !columns.includes(field)) return { column: "", code: "field_too_long" };
      }
    }
    return this.#reading.reader.take(csv, columns, this.#reading.warnings);
  }

  /** The text of a field, cut; of a damaged row, whose fields may be wrong, the text between its commas. */
  #fieldOf(field: number, isDamaged: boolean): string {
    const { csv } = this;
    if (!isDamaged) {
      if (field < 0 || field >= csv.fieldCount) return "";
      csv.trim(field);
      return textOf(csv.bytes, csv.starts[field]!, Math.min(csv.ends[field]!, csv.starts[field]! + 65));
    }
    const head = textOf(csv.raw, 0, Math.min(csv.rawLength, csvLimits.fieldBytes));
    return (head.split(",")[field] ?? "").trim().replace(/^"(.*)"$/, "$1");
  }

  #reject(found: RowFault, columns: Int32Array, isDamaged: boolean): void {
    const { csv } = this;
    const { rejects, warnings, kind } = this.#reading;
    const raw = csv.raw;
    let fault = found;
    if (raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf) {
      fault = { column: "", code: "bad_character", reason: "there is a byte order mark here; were files joined?" };
    } else if (fault.column !== "" && isHeaderAgain(csv, columnsOf[kind], columns)) {
      fault = { column: "", code: "repeated_header" };
      warnings.add("repeated_header", csv.line);
    }
    const damaged = fault.code === "invalid_utf8" || fault.code === "nul_byte" || fault.code === "bad_quote";
    const idField = columns[0] ?? 0;
    if (fault.column !== "store_id" && fault.code !== "repeated_header" && fault.code !== "bad_character") {
      this.#reading.reader.reject?.(fault, (column) => this.#fieldOf(columns[column] ?? -1, isDamaged));
    }
    rejects.add(fault, csv.line, damaged ? csv.damageOffset : csv.rowOffset, raw, () =>
      textOf(csv.bytes, csv.starts[idField]!, csv.ends[idField]!),
    );
  }
}
