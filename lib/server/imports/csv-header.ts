import { type CsvScanner, csvLimits } from "./csv-scanner";
import { FileFault } from "./file-fault";
import type { ImportWarnings } from "./import-warnings";
import { textOf, trimEnd, trimStart } from "@/lib/server/text/text-fields";

/** In the order in which a set of files is best imported. */
export const importKinds = ["stores", "timezones", "hours", "exceptions", "polls"] as const;

export type ImportKind = (typeof importKinds)[number];

/** The required columns of each kind of file, by their documented names. */
export const columnsOf = {
  polls: ["store_id", "status", "timestamp_utc"],
  hours: ["store_id", "day", "start_time_local", "end_time_local"],
  timezones: ["store_id", "timezone_str"],
  stores: ["store_id"],
  exceptions: ["store_id", "date", "start_time_local", "end_time_local"],
} as const satisfies Record<ImportKind, readonly string[]>;

/**
 * The optional columns of each kind; a kind that has any requires at least one of them that no other kind has. A file
 * with nothing but zones is one of time zones.
 */
const optionalColumnsOf: Record<ImportKind, readonly string[]> = {
  polls: [],
  hours: [],
  timezones: [],
  stores: ["name", "brand", "group", "address", "url", "timezone_str", "tags", "lifecycle"],
  exceptions: [],
};

const kindNames: Record<ImportKind, string> = {
  polls: "polls",
  hours: "business hours",
  timezones: "time zones",
  stores: "stores",
  exceptions: "exceptions",
};

/** Spellings of each column, in lower case without spaces and underscores. */
const meanings = new Map([
  ["storeid", "store_id"],
  ["status", "status"],
  ["timestamputc", "timestamp_utc"],
  ["timestamp", "timestamp_utc"],
  ["day", "day"],
  ["dayofweek", "day"],
  ["starttimelocal", "start_time_local"],
  ["endtimelocal", "end_time_local"],
  ["timezonestr", "timezone_str"],
  ["timezone", "timezone_str"],
  ["name", "name"],
  ["storename", "name"],
  ["brand", "brand"],
  ["group", "group"],
  ["groupname", "group"],
  ["address", "address"],
  ["url", "url"],
  ["tags", "tags"],
  ["lifecycle", "lifecycle"],
  ["date", "date"],
  ["localdate", "date"],
]);

/** Spellings that are common in real files and cause no warning. */
const usual = new Set([
  ...Object.values(columnsOf).flat(),
  ...Object.values(optionalColumnsOf).flat(),
  ...["timestamp", "dayOfWeek", "day_of_week", "dayofweek", "timezone", "time_zone"],
]);

/** The optional columns of a kind that tell it from others. */
function tellingColumnsOf(kind: ImportKind): readonly string[] {
  const others: readonly string[] = importKinds.filter((one) => one !== kind).flatMap((one) => columnsOf[one]);
  return optionalColumnsOf[kind].filter((column) => !others.includes(column));
}

/** The documented column that a header means; undefined for none. */
function meaningOf(name: string): string | undefined {
  return meanings.get(name.toLowerCase().replace(/[ _]/g, ""));
}

function trimmedText(csv: CsvScanner, field: number): string {
  const start = trimStart(csv.bytes, csv.starts[field]!, csv.ends[field]!);
  return textOf(csv.bytes, start, trimEnd(csv.bytes, start, csv.ends[field]!));
}

/** For messages: control characters escaped, at most 80 characters. */
function shown(text: string): string {
  return text
    .slice(0, 80)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether the current row repeats the header. */
export function isHeaderAgain(csv: CsvScanner, columns: readonly string[], indexes: Int32Array): boolean {
  return columns.every((column, i) => meaningOf(trimmedText(csv, indexes[i]!)) === column);
}

/**
 * Reads the current row as the header of a file of `kind`: columns are found by name, in any order and case.
 * @returns the field index for each of `columnsOf[kind]`, then of `optionalColumnsOf[kind]`; -1 for a missing one
 * @throws FileFault saying what is wrong with the header, and what the file seems to be
 */
export function readHeader(csv: CsvScanner, kind: ImportKind, warnings: ImportWarnings): Int32Array {
  const line = csv.line;
  const required: readonly string[] = columnsOf[kind];
  const optional = optionalColumnsOf[kind];
  const wanted = [...required, ...optional];
  if (csv.fieldCount > csvLimits.columns) {
    const count = csv.fieldCount.toString();
    throw new FileFault("too_many_columns", `The header has ${count} columns; at most 64 are read.`, { line });
  }
  const fields = Array.from({ length: csv.fieldCount }, (_, field) => ({
    spelled: textOf(csv.bytes, csv.starts[field]!, csv.ends[field]!),
    name: trimmedText(csv, field),
  }));
  const found = fields.map(({ name }) => meaningOf(name));
  const named = new Set(found);
  for (const column of named) {
    if (column !== undefined && wanted.includes(column) && found.indexOf(column) !== found.lastIndexOf(column)) {
      throw new FileFault("duplicate_column", `The header names the column ${column} more than once.`, { line });
    }
  }
  const missing = required.filter((column) => !named.has(column));
  if (missing.length > 0) throw headerFault(kind, missing, fields, named, line);
  const telling = tellingColumnsOf(kind);
  if (telling.length > 0 && !telling.some((column) => named.has(column))) {
    throw headerFault(kind, [telling.join(" or ")], fields, named, line);
  }

  const ignored = fields.filter((_, field) => !wanted.includes(found[field] ?? ""));
  if (ignored.length > 0) {
    const names = ignored.map(({ name }) => (name === "" ? "(unnamed)" : shown(name))).join(", ");
    const text = `unknown columns were ignored: ${names}; expected ${wanted.join(",")}`;
    warnings.add("ignored_columns", line, text, ignored.length);
  }
  for (const [field, { spelled }] of fields.entries()) {
    if (wanted.includes(found[field] ?? "") && !usual.has(spelled)) {
      warnings.add("header_spelling", line, `the header ${shown(spelled)} was read as ${found[field] ?? ""}`);
    }
  }
  return Int32Array.from(wanted, (column) => found.indexOf(column));
}

/** Whether columns are those of a kind. */
function fits(kind: ImportKind, named: ReadonlySet<string | undefined>): boolean {
  const telling = tellingColumnsOf(kind);
  return (
    columnsOf[kind].every((column) => named.has(column)) &&
    (telling.length === 0 || telling.some((column) => named.has(column)))
  );
}

function headerFault(
  kind: ImportKind,
  missing: readonly string[],
  fields: readonly { readonly name: string }[],
  named: ReadonlySet<string | undefined>,
  line: number,
): FileFault {
  const expected = [...columnsOf[kind], ...optionalColumnsOf[kind]].join(",");
  const seen = shown(fields.map(({ name }) => name).join(","));
  const other = importKinds.find((each) => each !== kind && fits(each, named));
  if (other !== undefined) {
    const reason = `This looks like ${kindNames[other]}, not ${kindNames[kind]}: its header is ${seen}.`;
    return new FileFault("wrong_file_kind", reason, { line });
  }
  const text = fields.map(({ name }) => name).join(",");
  for (const [delimiter, label] of delimiters) {
    const parts = text.split(delimiter).map((part) => meaningOf(part.trim().replace(/^"|"$/g, "")));
    if (parts.length > 1 && parts.filter((part) => part !== undefined).length > 1) {
      return new FileFault("wrong_delimiter", `Found '${label}' between the columns, expected ','.`, { line });
    }
  }
  const marked = fields.find(({ name }) => name.includes("\ufeff") && meaningOf(name.replaceAll("\ufeff", "")));
  if (marked !== undefined) {
    const reason = `There is no column "${shown(marked.name)}": there is a second byte order mark before its name.`;
    return new FileFault("unknown_column", reason, { line });
  }
  if (![...columnsOf[kind], ...optionalColumnsOf[kind]].some((column) => named.has(column))) {
    const hint = text.startsWith("#") ? " Remove the comment lines above the header." : "";
    const reason = `Expected the header ${expected}, but line ${line.toString()} is ${seen}.${hint}`;
    return new FileFault("missing_header", reason, { line });
  }
  const reason = `The header lacks the column ${missing.join(", ")}; expected ${expected}, found ${seen}.`;
  return new FileFault("missing_column", reason, { line });
}

const delimiters = [
  [";", ";"],
  ["\t", "TAB"],
  ["|", "|"],
] as const;
