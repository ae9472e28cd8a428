import type { Calendar } from "@/lib/contract/calendars";

export type GivenTo = Calendar["given_to"];

/** What a calendar can be given to; `all`: all stores. */
export const givenKinds = ["store", "brand", "group", "all"] as const;
export type GivenKind = (typeof givenKinds)[number];

/** One row of the picker. */
export interface GivenRow {
  readonly kind: GivenKind;
  /** The id or the label; empty for all stores. */
  readonly name: string;
}

export const noStores: GivenTo = { all: false, brands: [], groups: [], store_ids: [] };

/** To whom a calendar is given, as rows: all stores, brands, groups, single stores. */
export function rowsOf({ all, brands, groups, store_ids: ids }: GivenTo): readonly GivenRow[] {
  const of = (kind: GivenKind, names: readonly string[]) => names.map((name) => ({ kind, name }));
  return [...of("all", all ? [""] : []), ...of("brand", brands), ...of("group", groups), ...of("store", ids)];
}

/** The rows as the API takes them; each once. */
export function givenOf(rows: readonly GivenRow[]): GivenTo {
  const of = (kind: GivenKind) => [...new Set(rows.filter((row) => row.kind === kind).map(({ name }) => name))];
  return {
    all: rows.some(({ kind }) => kind === "all"),
    brands: of("brand"),
    groups: of("group"),
    store_ids: of("store"),
  };
}

/** "All stores", "Brand Corner Coffee", "Store 8419…". */
export function rowText({ kind, name }: GivenRow): string {
  if (kind === "all") return "All stores";
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${name}`;
}

/** The entries of a text that names several stores: between commas, semicolons or lines. Spaces belong to names. */
export function namesIn(text: string): readonly string[] {
  return text
    .split(/[,;\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
