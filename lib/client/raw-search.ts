/** What Next gives a page for its address. */
export type RawSearch = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Values read from an address. A value that made no sense is its default, and a notice says so. */
export interface PageParams<T> {
  readonly params: T;
  readonly notices: readonly string[];
}

/** The first value of a name that may stand in an address more than once. */
export function first(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

/** An address's query as it was: "?days=7&tag=a&tag=b", empty where it had none. */
export function searchText(search: RawSearch): string {
  const pairs = Object.entries(search).flatMap(([name, value]) =>
    (value === undefined ? [] : [value].flat()).map((one) => [name, one]),
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs).toString()}`;
}

/** The notice of a value that is not known. @param instead what is shown in its place, a sentence */
export function unknownValue(value: string, instead: string): string {
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return `Unknown value “${shown}” in the URL. ${instead}`;
}
