import type { DataTable, Partition } from "@/db/queries/bulk/pg-catalog";

/** The first line of an archive. Its format is versioned, so that a later program can read more than this one. */
export interface ArchiveHeader {
  readonly version: 1;
  /** When the snapshot was taken, ISO 8601. */
  readonly takenAt: string;
  /** Hashes of the applied migrations, in order. */
  readonly migrations: readonly string[];
  /** In the order of the archive, in which they can be restored. */
  readonly tables: readonly DataTable[];
  readonly partitions: readonly Partition[];
}

/** The line after a table's rows. */
export interface TableSum {
  readonly table: string;
  readonly rows: number;
  /** Hash of the rows as in the archive, in hex. */
  readonly sha256: string;
}

/** The last line. Without it the archive is truncated. */
export interface ArchiveEnd {
  readonly rows: number;
  readonly sequences: Readonly<Record<string, string>>;
}

/** An archive cannot be restored: it is damaged, from another program, or the database is not empty. */
export class BackupError extends Error {}

const marks = { header: "-- store-monitoring backup ", sum: "-- end of rows ", end: "-- end of backup " } as const;

export const endOfRows = Buffer.from("\\.\n");

export function lineOf(kind: keyof typeof marks, value: ArchiveHeader | TableSum | ArchiveEnd): string {
  return `${marks[kind]}${JSON.stringify(value)}\n`;
}

/** @throws BackupError when the line is not of that kind */
export function parseLine(kind: keyof typeof marks, line: string | null): Readonly<Record<string, unknown>> {
  if (line?.startsWith(marks[kind]) === true) {
    try {
      const value: unknown = JSON.parse(line.slice(marks[kind].length));
      if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value));
    } catch {
      // rethrown below as a BackupError
    }
  }
  if (kind === "header") throw new BackupError("This is not an archive of npm run backup.");
  throw new BackupError("The archive is damaged or truncated: nothing was restored.");
}

const isText = (value: unknown): value is string => typeof value === "string";
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);
const has = (value: unknown, ...names: string[]): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && names.every((name) => name in value);

/** @throws BackupError for a header that this program does not understand */
export function readHeader(line: string | null): ArchiveHeader {
  const { version, takenAt, migrations, tables, partitions } = parseLine("header", line);
  if (version !== 1) {
    throw new BackupError(`The archive has format ${String(version)}; this program reads format 1. Use a newer one.`);
  }
  const fits =
    isText(takenAt) &&
    isTexts(migrations) &&
    Array.isArray(tables) &&
    tables.every((one) => has(one, "name", "columns") && isText(one["name"]) && isTexts(one["columns"])) &&
    Array.isArray(partitions) &&
    partitions.every((one) => has(one, "parent", "name", "bound") && Object.values(one).every(isText));
  if (!fits) throw new BackupError("The archive's first line is damaged.");
  return { version, takenAt, migrations, tables: tables as DataTable[], partitions: partitions as Partition[] };
}
