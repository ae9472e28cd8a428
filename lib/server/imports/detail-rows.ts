import type { StoreDetail } from "@/db/queries/bulk/store-details-merge";
import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings } from "./import-warnings";
import type { RowFault } from "@/lib/server/text/row-faults";
import type { RowReader } from "./row-reader";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import type { StoreIds } from "./store-ids";
import { equalsIgnoringCase, textOf } from "@/lib/server/text/text-fields";

/** The fields of a stores file, in the order of its optional columns. */
const details = [
  { header: "name", column: "name", longest: 80 },
  { header: "brand", column: "brand", longest: 80 },
  { header: "group", column: "group_name", longest: 80 },
  { header: "address", column: "address", longest: 200 },
  { header: "url", column: "url", longest: 200 },
] as const satisfies readonly { header: string; column: StoreDetail; longest: number }[];

/**
 * Rows of a stores file: names and the like; an empty field clears a value. Remembers each store, so memory grows with
 * the fleet, not the file.
 */
export class DetailRows implements RowReader {
  /** For each store number, its texts in the order of `storeDetails`; null for missing ones. */
  readonly details: (readonly (string | null)[])[] = [];
  /** Rows that a later one replaced. */
  conflicting = 0;
  /** The optional columns of the file. */
  given: readonly StoreDetail[] = [];

  readonly #stores: StoreIds;

  constructor(stores: StoreIds) {
    this.#stores = stores;
  }

  take(csv: CsvScanner, columns: Int32Array, warnings: ImportWarnings): RowFault | null {
    const idField = columns[0] ?? 0;
    const isGiven = (i: number): boolean => (columns[i + 1] ?? -1) >= 0;
    if (this.given.length === 0) this.given = details.filter((_, i) => isGiven(i)).map(({ column }) => column);
    let trimmed = csv.trim(idField);
    const idFault = storeIdFault(csv.bytes, csv.starts[idField]!, csv.ends[idField]!);
    if (idFault !== null) return idFault;
    if (equalsIgnoringCase(csv.bytes, csv.starts[idField]!, csv.ends[idField]!, "store_id")) {
      return { column: "store_id", code: "repeated_header" };
    }

    const texts: (string | null)[] = [];
    for (const [i, { header, longest }] of details.entries()) {
      const field = columns[i + 1] ?? -1;
      if (field < 0) {
        texts.push(null);
        continue;
      }
      if (csv.trim(field)) trimmed = true;
      const text = textOf(csv.bytes, csv.starts[field]!, csv.ends[field]!)
        .replace(/[\r\n\t]+/g, " ")
        .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "")
        .trim();
      if (text.length > longest) {
        const reason = `at most ${longest.toString()} characters; this has ${text.length.toString()}`;
        return { column: header, code: "text_too_long", reason };
      }
      if (header === "url" && text !== "" && !isWebPage(text)) return { column: header, code: "bad_url" };
      texts.push(text === "" ? null : text);
    }
    // Last, because it registers the store, which a rejected row must not do.
    const store = this.#stores.numberOf(csv.bytes, csv.starts[idField]!, csv.ends[idField]!);
    if (store < 0) return this.#stores.fault;

    if (trimmed) warnings.add("trimmed", csv.line);
    const before = this.details[store];
    if (before?.some((text, i) => text !== texts[i]) === true) {
      this.conflicting += 1;
      warnings.add("conflicting_details", csv.line);
    }
    this.details[store] = texts;
    return null;
  }

  async flush(): Promise<void> {
    // The remembered rows are sent at the end, because a later line may replace them.
  }
}

function isWebPage(text: string): boolean {
  const { protocol } = URL.canParse(text) ? new URL(text) : { protocol: "" };
  return protocol === "http:" || protocol === "https:";
}
