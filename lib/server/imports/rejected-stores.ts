import { canonicalStoreId } from "@/lib/contract/store-id";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import { FileFault } from "./file-fault";
import type { StoreIds } from "./store-ids";

const encoder = new TextEncoder();

/** The maximum number of stores, or of dates of stores, with a rejected row in one file. */
export const mostRejectedStores = 100_000;

/** How many stores may still be remembered, together by all that share it. */
export class RejectedRoom {
  #left = mostRejectedStores;

  /** @throws FileFault too_many_rejects when there is none left */
  take(): void {
    if (this.#left === 0) {
      const most = mostRejectedStores.toLocaleString("en-US");
      throw new FileFault(
        "too_many_rejects",
        `Rows of more than ${most} stores, or of more than ${most} of their dates, were rejected. Nothing was kept.`,
      );
    }
    this.#left -= 1;
  }
}

/**
 * Stores of a file with a rejected row. They are not registered by it: they may have no good row. Remembers each of
 * them, at most `mostRejectedStores`: a file with more is rejected as a whole.
 */
export class RejectedStores {
  readonly #ids = new Set<string>();
  readonly #stores: StoreIds;
  readonly #room: RejectedRoom;

  constructor(stores: StoreIds, room = new RejectedRoom()) {
    this.#stores = stores;
    this.#room = room;
  }

  /** Ids, in order of their first rejected row. */
  get ids(): Iterable<string> {
    return this.#ids;
  }

  /** Numbers of those that also have a good row. */
  get numbers(): ReadonlySet<number> {
    return new Set([...this.#ids].map((id) => this.#stores.find(id)).filter((number) => number >= 0));
  }

  /** @param text of the id field; text that is no id is ignored   @throws FileFault too_many_rejects */
  add(text: string): void {
    const bytes = encoder.encode(text);
    if (storeIdFault(bytes, 0, bytes.length) !== null) return;
    const id = canonicalStoreId(text);
    if (this.#ids.has(id)) return;
    this.#room.take();
    this.#ids.add(id);
  }
}
