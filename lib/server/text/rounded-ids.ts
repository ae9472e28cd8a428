/**
 * Ids that a spreadsheet or a program rounded and wrote as plain digits: 15 digits and zeros (spreadsheets), or what a
 * floating-point number with at most 17 digits gives back (8419537941919820732 becomes 8419537941919821000).
 */

const shortestRounded = 16;
const maxDigitsLeft = 17;
/** No program leaves fewer, and more zeros than that are an intended numbering. */
const fewestDigitsLeft = 6;

/**
 * The range of ids of the same length that may have been rounded to `id`; null when no rounding gives such an id. An id
 * of this form may also be the original: known stores decide.
 */
export function originalsOf(id: string): { readonly first: string; readonly last: string } | null {
  if (id.length < shortestRounded || id.length > 64 || !/^[1-9]\d*0$/.test(id)) return null;
  const digits = id.replace(/0+$/, "").length;
  if (digits > maxDigitsLeft) return null;
  const unit = 10n ** BigInt(id.length - Math.max(digits, fewestDigitsLeft));
  const value = BigInt(id);
  const [first, last] = [value - unit / 2n, value + unit - 1n].map(String);
  if (first === undefined || last === undefined) return null;
  return { first: first.length < id.length ? id : first, last: last.length > id.length ? id : last };
}

/** Why an id is rejected that may be a rounded id of known stores. @param originals what it may have been */
export function roundedReason(originals: readonly string[], count = originals.length): string {
  const [only] = originals;
  const meant =
    count === 1 && only !== undefined ? `it may have been ${only}` : `it may have been one of ${count} known stores`;
  return `this id was rounded, as spreadsheets and programs round long numbers: ${meant}; export the ids as text`;
}

/** Ids of known stores, to detect rounded ones. */
export class KnownIds {
  readonly #ids: readonly string[];
  readonly #set: ReadonlySet<string>;

  /** @param ids of `shortestRounded` digits or more */
  constructor(ids: readonly string[]) {
    this.#ids = [...ids].sort((a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0));
    this.#set = new Set(ids);
  }

  /** Why an id is rejected; null for a known id, and for one that no known store rounds to. */
  roundedFault(id: string): string | null {
    const range = originalsOf(id);
    if (range === null || this.#set.has(id)) return null;
    const from = this.#placeOf(range.first);
    const to = this.#placeOf(range.last);
    const count = to - from + (this.#ids[to] === range.last ? 1 : 0);
    return count === 0 ? null : roundedReason(this.#ids.slice(from, from + 1), count);
  }

  /** Index of the first id that does not sort before `id`. */
  #placeOf(id: string): number {
    let [low, high] = [0, this.#ids.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const one = this.#ids[middle] ?? "";
      if (one.length < id.length || (one.length === id.length && one < id)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
