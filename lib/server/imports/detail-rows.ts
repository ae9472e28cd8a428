import { tagSeparator, type StoreDetail } from "@/db/queries/bulk/store-details-merge";
import { lifecycles, oneOf, tagLimits } from "@/lib/contract/enums";
import { TagSchema } from "@/lib/contract/tag";
import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings, WarningCode } from "./import-warnings";
import type { RowFault } from "@/lib/server/text/row-faults";
import type { RowReader } from "./row-reader";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import type { StoreIds } from "./store-ids";
import { readZone } from "@/lib/server/zones/zone-rule";
import { equalsIgnoringCase, textOf } from "@/lib/server/text/text-fields";

/** A value as it is stored, or why it cannot be. */
type Reading = { readonly value: string | null } | Omit<RowFault, "column">;

interface Detail {
  readonly header: string;
  readonly column: StoreDetail;
  /** Of a field that is not empty. */
  readonly read: (text: string, warn: (code: WarningCode) => void) => Reading;
}

const textUpTo =
  (longest: number) =>
  (text: string): Reading => {
    if (text.length <= longest) return { value: text };
    const reason = `at most ${longest.toString()} characters; this has ${text.length.toString()}`;
    return { code: "text_too_long", reason };
  };

function readUrl(text: string): Reading {
  const reading = textUpTo(200)(text);
  return "code" in reading || isWebPage(text) ? reading : { code: "bad_url" };
}

function readZoneName(text: string, warn: (code: WarningCode) => void): Reading {
  const reading = readZone(text);
  if (reading.fault !== undefined) return reading.fault;
  if (reading.respelled) warn("zone_canonicalised");
  if (reading.isFixed) warn("fixed_zone");
  return { value: reading.zone };
}

function readTags(text: string): Reading {
  const tags: string[] = [];
  for (const one of text.split(/[;,]/)) {
    if (one.trim() === "") continue;
    const { data, error } = TagSchema.safeParse(one);
    if (data === undefined) return { code: "bad_tags", reason: error.issues[0]?.message ?? "" };
    tags.push(data);
  }
  const all = [...new Set(tags)].sort();
  if (all.length > tagLimits.count) {
    const reason = `at most ${tagLimits.count.toString()} tags; these are ${all.length.toString()}`;
    return { code: "bad_tags", reason };
  }
  return { value: all.length === 0 ? null : all.join(tagSeparator) };
}

function readLifecycle(text: string): Reading {
  const value = oneOf(lifecycles, text.toLowerCase());
  return value === null ? { code: "bad_lifecycle" } : { value };
}

/** The fields of a stores file, in the order of its optional columns and of `storeDetails`. */
const details: readonly Detail[] = [
  { header: "name", column: "name", read: textUpTo(80) },
  { header: "brand", column: "brand", read: textUpTo(80) },
  { header: "group", column: "group_name", read: textUpTo(80) },
  { header: "address", column: "address", read: textUpTo(200) },
  { header: "url", column: "url", read: readUrl },
  { header: "time_zone", column: "time_zone", read: readZoneName },
  { header: "tags", column: "tags", read: readTags },
  { header: "lifecycle", column: "lifecycle", read: readLifecycle },
];

/**
 * Rows of a stores file: names and the like; an empty field clears a value, except the lifecycle. Remembers each store, so memory grows with
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
    const noted: WarningCode[] = [];
    for (const [i, { header, read }] of details.entries()) {
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
      const reading = text === "" ? { value: null } : read(text, (code) => noted.push(code));
      if ("code" in reading) return { column: header, ...reading };
      texts.push(reading.value);
    }
    // Last, because it registers the store, which a rejected row must not do.
    const store = this.#stores.numberOf(csv.bytes, csv.starts[idField]!, csv.ends[idField]!);
    if (store < 0) return this.#stores.fault;

    if (trimmed) warnings.add("trimmed", csv.line);
    for (const code of noted) warnings.add(code, csv.line);
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
