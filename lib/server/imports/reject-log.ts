import { suggestStoreIds } from "@/db/queries/bulk/spreadsheet-rounded-ids";
import type { Db } from "@/db/client";
import { rowHead } from "./file-signature";
import { rowFaultReasons, type Reject, type RowFault } from "@/lib/server/text/row-faults";
import { spreadsheetRoundedIds } from "@/lib/server/text/store-id-rule";

const maxKept = 10_000;

/** Counts rejected rows and keeps the first ten thousand. */
export class RejectLog {
  count = 0;
  readonly #kept: Reject[] = [];
  /** Ids damaged by a spreadsheet among the kept rejects, by index. */
  readonly #rounded = new Map<number, string>();

  /** @param idText the store id, when it is the reason */
  add(fault: RowFault, line: number, byteOffset: number, raw: Uint8Array, idText: () => string): void {
    this.count += 1;
    if (this.#kept.length === maxKept) return;
    if (fault.code === "id_damaged_by_spreadsheet") this.#rounded.set(this.#kept.length, idText());
    const reason = fault.reason ?? rowFaultReasons[fault.code];
    this.#kept.push({ line, byteOffset, column: fault.column, code: fault.code, reason, raw: rowHead(raw) });
  }

  /** The kept rejects, in order of line. */
  get kept(): readonly Reject[] {
    return this.#kept;
  }

  /** The kept rejects. When a rounded id can only have been one known store, its reason says which. */
  async list(db: Db): Promise<readonly Reject[]> {
    const rounded = [...new Set(this.#rounded.values())].flatMap((shown) => {
      const range = spreadsheetRoundedIds(shown);
      return range === null ? [] : [{ shown, ...range }];
    });
    const suggested = await suggestStoreIds(db, rounded);
    return this.#kept.map((reject, i) => {
      const id = suggested.get(this.#rounded.get(i) ?? "");
      return id === undefined ? reject : { ...reject, reason: `${reject.reason}; it may have been ${id}` };
    });
  }
}
