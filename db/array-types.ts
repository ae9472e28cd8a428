import type postgres from "postgres";

/** An array as in PostgreSQL: nulls are nulls, and elements may be arrays themselves. */
export type ArrayValue<T> = readonly (T | null | ArrayValue<T>)[];

const asText = (text: string): string => text;
const asBytes = (text: string): Buffer => Buffer.from(text.slice(2), "hex");
const asJson = (text: string): unknown => JSON.parse(text);

/** Object ids of array types, which are the same in every PostgreSQL, and how an element is parsed. */
const arrayTypes: readonly (readonly [arrayOid: number, element: (text: string) => unknown])[] = [
  [1000, (text) => text === "t"], // boolean
  ...[1005, 1007, 1028, 1021, 1022].map((oid) => [oid, Number] as const), // int2, int4, oid, float4, float8
  // int8, numeric: more digits than a number has. Instants and dates stay text, as they do outside arrays. text,
  // varchar, name, char, bpchar, uuid, xid8
  ...[1016, 1231, 1185, 1115, 1182, 1183, 1270, 1009, 1015, 1003, 1002, 1014, 2951, 271].map(
    (oid) => [oid, asText] as const,
  ),
  [1001, asBytes], // bytea
  [199, asJson], // json
  [3807, asJson], // jsonb
];

/**
 * Parses the text of an array, like `{1,NULL,"a \"b\""}` or `{{1},{2}}`.
 * @param element parses what is not null
 */
export function parseArray<T>(text: string, element: (text: string) => T): ArrayValue<T> {
  // Bounds that do not start at 1 are written before it: [0:1]={1,2}
  let i = text.indexOf("{");
  const readList = (): (T | null | ArrayValue<T>)[] => {
    const list: (T | null | ArrayValue<T>)[] = [];
    for (i += 1; text[i] !== "}";) {
      if (i >= text.length) throw new Error("The text of an array is truncated.");
      if (text[i] === ",") i += 1;
      else if (text[i] === "{") list.push(readList());
      else if (text[i] === '"') list.push(element(readQuoted()));
      else list.push(readBare());
    }
    i += 1;
    return list;
  };
  const readQuoted = (): string => {
    let value = "";
    for (i += 1; text[i] !== '"'; i++) {
      if (i >= text.length) throw new Error("The text of an array is truncated.");
      if (text[i] === "\\") i += 1;
      value += text[i] ?? "";
    }
    i += 1;
    return value;
  };
  const readBare = (): T | null => {
    const start = i;
    while (i < text.length && text[i] !== "," && text[i] !== "}") i += 1;
    const value = text.slice(start, i);
    return value === "NULL" ? null : element(value);
  };
  return readList();
}

function elementText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "t" : "f";
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  if (value === undefined) throw new TypeError("An array parameter contains undefined.");
  return JSON.stringify(value);
}

/** The text of an array for PostgreSQL. A string is assumed to be one already. */
export function formatArray(value: unknown): string {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) throw new TypeError("An array parameter is not an array.");
  const parts = value.map((one: unknown) => {
    if (one === null) return "NULL";
    if (Array.isArray(one)) return formatArray(one);
    return `"${elementText(one).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  });
  return `{${parts.join(",")}}`;
}

/**
 * Makes the driver read and write arrays as above. Its own reader passes a null to the element's parser as the text
 * `NULL`, which becomes NaN, false or that word. Call this before the first connection: the driver keeps existing
 * parsers when it reads the array types from the server. That read must stay enabled: with `fetch_types: false`
 * postgres.js 3.4.9 never resolves `reserve()` on a new connection.
 */
export function readArraysWithNulls({ options }: postgres.Sql): void {
  for (const [oid, element] of arrayTypes) {
    options.parsers[oid] = (text: string) => parseArray(text, element);
    options.serializers[oid] = formatArray;
  }
}
