import type { TimeZone } from "@/lib/uptime/types";
import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings } from "./import-warnings";
import type { RowFault } from "@/lib/server/text/row-faults";
import type { RowReader } from "./row-reader";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import type { StoreIds } from "./store-ids";
import { textOf } from "@/lib/server/text/text-fields";
import { readZone, type ZoneReading } from "@/lib/server/zones/zone-rule";

/** Rows of a time zones file. Remembers one zone per store, so memory grows with the fleet, not the file. */
export class ZoneRows implements RowReader {
  /** For each store number, its zone; null when the file says that there is none. */
  readonly zones: (TimeZone | null)[] = [];
  /** Rows that a later one replaced. */
  conflicting = 0;

  readonly #readings = new Map<string, ZoneReading>();
  readonly #stores: StoreIds;

  constructor(stores: StoreIds) {
    this.#stores = stores;
  }

  take(csv: CsvScanner, columns: Int32Array, warnings: ImportWarnings): RowFault | null {
    const [idField = 0, zoneField = 0] = columns;
    let trimmed = csv.trim(idField);
    if (csv.trim(zoneField)) trimmed = true;
    // The zone is checked first, because a rejected row must not register its store.
    const reading = this.#read(textOf(csv.bytes, csv.starts[zoneField]!, csv.ends[zoneField]!));
    if (reading.fault !== undefined) {
      const idFault = storeIdFault(csv.bytes, csv.starts[idField]!, csv.ends[idField]!);
      return idFault ?? { column: "timezone_str", ...reading.fault };
    }
    const store = this.#stores.numberOf(csv.bytes, csv.starts[idField]!, csv.ends[idField]!);
    if (store < 0) return this.#stores.fault;

    if (trimmed) warnings.add("trimmed", csv.line);
    if (reading.zone === null) warnings.add("missing_zone", csv.line);
    if (reading.respelled) warnings.add("zone_canonicalised", csv.line);
    if (reading.isFixed) warnings.add("fixed_zone", csv.line);
    const before = this.zones[store];
    if (before === undefined) this.zones[store] = reading.zone;
    else if (before !== reading.zone) {
      this.conflicting += 1;
      this.zones[store] = reading.zone;
      warnings.add("conflicting_zone", csv.line);
    }
    return null;
  }

  async flush(): Promise<void> {
    // The remembered rows are sent at the end, because a later line may replace them.
  }

  #read(text: string): ZoneReading {
    let reading = this.#readings.get(text);
    if (reading === undefined) {
      reading = readZone(text);
      // Real files have some hundred zones. Beyond this number new ones are not cached.
      if (this.#readings.size < 1_000) this.#readings.set(text, reading);
    }
    return reading;
  }
}
