import { is, type GetColumnData } from "drizzle-orm";
import { PgColumn } from "drizzle-orm/pg-core";
import type { PendingQuery, Row } from "postgres";
import type { EpochMs } from "@/lib/uptime/types";

/** How a column is read that is not a column of the schema. */
export interface ColumnType<T> {
  /** Object ids of its possible types; these are the same in every PostgreSQL. */
  readonly oids: readonly number[];
  readonly nullable: boolean;
  /** @param value as converted by the driver; never null */
  readonly read: (value: unknown) => T;
}

/** The columns of a statement's result: by name in camel case, a column of the schema or the type of an expression. */
export type RowShape = Readonly<Record<string, PgColumn | ColumnType<unknown>>>;

type ValueOf<C> = C extends PgColumn ? GetColumnData<C> : C extends ColumnType<infer T> ? T : never;

/** The type of a row with that shape. */
export type RowOf<S extends RowShape> = { readonly [K in keyof S]: ValueOf<S[K]> };

function type<T>(oids: readonly number[], read: (value: unknown) => T): ColumnType<T> {
  return { oids, nullable: false, read };
}

function mismatch(value: unknown): never {
  throw new TypeError(`The driver gave a ${typeof value}.`);
}

const readText = (value: unknown): string => (typeof value === "string" ? value : mismatch(value));
const readNumber = (value: unknown): number => (typeof value === "number" ? value : mismatch(value));
const readArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : mismatch(value));

function readInstant(value: unknown): EpochMs {
  const at = Date.parse(readText(value));
  return Number.isNaN(at) ? mismatch(value) : at;
}

/** Types of expressions. */
export const as = {
  /** text, varchar, name */
  text: type([25, 1043, 19], readText),
  boolean: type([16], (value) => (typeof value === "boolean" ? value : mismatch(value))),
  /** int2, int4, float8 */
  number: type([21, 23, 701], readNumber),
  /** int8 and numeric; all values in this product fit into a number. */
  bigint: type([20, 1700], (value) => Number(readText(value))),
  instant: type([1184], readInstant),
  bytes: type([17], (value) => (Buffer.isBuffer(value) ? value : mismatch(value))),
  /** void */
  nothing: type([2278], () => null),
  textArray: type([1009, 1003], (value) => readArray(value).map(readText)),
  numberArray: type([1007, 1022], (value) => readArray(value).map(readNumber)),
  bigintArray: type([1016], (value) => readArray(value).map((one) => Number(readText(one)))),
} as const;

/** A text that is one of a fixed set in the statement's select list. */
export function oneOf<const T extends string>(...values: readonly T[]): ColumnType<T> {
  return type([25], (value) => values.find((one) => one === value) ?? mismatch(value));
}

/** The same, when an expression or an outer join may make it null. */
export function orNull<C extends PgColumn | ColumnType<unknown>>(column: C): ColumnType<ValueOf<C> | null> {
  const { oids, read } = readerOf<ValueOf<C>>(column);
  return { oids, nullable: true, read };
}

const oidsOfTypes: Readonly<Record<string, readonly number[]>> = {
  bigint: [20],
  boolean: [16],
  bytea: [17],
  date: [1082],
  "double precision": [701],
  "double precision[]": [1022],
  integer: [23],
  "integer[]": [1007],
  "bigint[]": [1016],
  jsonb: [3802],
  smallint: [21],
  text: [25],
  'text COLLATE "C"': [25],
  "text[]": [1009],
  "timestamp (3) with time zone": [1184],
};

function readerOf<T>(column: PgColumn | ColumnType<unknown>): ColumnType<T> {
  // Both declare what they read by their types only.
  if (!is(column, PgColumn)) return column as ColumnType<T>;
  const oids = oidsOfTypes[column.getSQLType()];
  if (oids === undefined) throw new Error(`No result is read as ${column.getSQLType()}.`);
  return { oids, nullable: !column.notNull, read: (value) => column.mapFromDriverValue(value) as T };
}

interface Reader extends ColumnType<unknown> {
  readonly key: string;
  readonly name: string;
}

interface ResultColumn {
  readonly name: string;
  readonly type: number;
}

const readersOf = new WeakMap<RowShape, readonly Reader[]>();

function readersFor(shape: RowShape): readonly Reader[] {
  let readers = readersOf.get(shape);
  if (readers === undefined) {
    readers = Object.entries(shape).map(([key, column]) => ({ ...readerOf(column), key, name: snakeCase(key) }));
    readersOf.set(shape, readers);
  }
  return readers;
}

const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Results whose columns were compared: every result of a prepared statement has the same object. */
const compared = new WeakMap<object, RowShape>();

/** @throws {Error} when a statement's result does not have the declared columns, in their order */
function compare(columns: readonly ResultColumn[], shape: RowShape): void {
  if (compared.get(columns) === shape) return;
  const readers = readersFor(shape);
  const isSame =
    columns.length === readers.length &&
    readers.every(({ name, oids }, i) => columns[i]?.name === name && oids.includes(columns[i].type));
  if (!isSame) {
    const declared = readers.map(({ name, oids }) => `${name} (${oids.join(" or ")})`).join(", ");
    const given = columns.map((column) => `${column.name} (${column.type})`).join(", ");
    throw new Error(`A statement gives the columns ${given}; declared are ${declared}.`);
  }
  compared.set(columns, shape);
}

/**
 * Runs a statement of raw SQL and reads its rows.
 * @param shape the columns of the result, in their order
 * @throws {Error} when the result has other columns, or a null where none is declared
 */
export async function readRows<S extends RowShape>(query: PendingQuery<Row[]>, shape: S): Promise<RowOf<S>[]> {
  const rows = await query.values();
  compare(rows.columns, shape);
  const readers = readersFor(shape);
  return rows.map((values) => readRowOf<S>(readers, values));
}

/** Like `readRows`, for a statement with at most one row. */
export async function readRow<S extends RowShape>(query: PendingQuery<Row[]>, shape: S): Promise<RowOf<S> | null> {
  const [row] = await readRows(query, shape);
  return row ?? null;
}

/** Like `readRow`, for a statement that always has one row. */
export async function readOneRow<S extends RowShape>(query: PendingQuery<Row[]>, shape: S): Promise<RowOf<S>> {
  const row = await readRow(query, shape);
  if (row === null) throw new Error("A statement that always has a row had none.");
  return row;
}

function readRowOf<S extends RowShape>(readers: readonly Reader[], values: readonly unknown[]): RowOf<S> {
  const row: Record<string, unknown> = {};
  readers.forEach(({ key, name, nullable, read }, i) => {
    const value = values[i];
    if (value !== null && value !== undefined) row[key] = read(value);
    else if (nullable) row[key] = null;
    else throw new Error(`The column ${name} is null.`);
  });
  // Each key was read by the reader of its column.
  return row as RowOf<S>;
}
