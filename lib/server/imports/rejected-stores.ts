import { storeIdFault } from "@/lib/server/text/store-id-rule";
import { canonicalId, type StoreIds } from "./store-ids";

const encoder = new TextEncoder();

/** Stores of a file with a rejected row. They are not registered by it: they may have no good row. */
export class RejectedStores {
  readonly #ids = new Set<string>();
  readonly #stores: StoreIds;

  constructor(stores: StoreIds) {
    this.#stores = stores;
  }

  /** Ids, in order of their first rejected row. */
  get ids(): Iterable<string> {
    return this.#ids;
  }

  /** Numbers of those that also have a good row. */
  get numbers(): ReadonlySet<number> {
    return new Set([...this.#ids].map((id) => this.#stores.find(id)).filter((number) => number >= 0));
  }

  /** @param text of the id field; text that is no id is ignored */
  add(text: string): void {
    const bytes = encoder.encode(text);
    if (storeIdFault(bytes, 0, bytes.length) === null) this.#ids.add(canonicalId(text));
  }
}
