import { canonicalStoreId } from "@/lib/contract/store-id";
import { KnownIds } from "@/lib/server/text/rounded-ids";
import { textOf } from "@/lib/server/text/text-fields";
import type { RowFault } from "@/lib/server/text/row-faults";
import { storeIdFault } from "@/lib/server/text/store-id-rule";

/**
 * The store ids of one file, numbered from 0 in order of their first row. Looked up by bytes, without a string per row.
 */
export class StoreIds {
  /** Why the last id was rejected. */
  fault: RowFault | null = null;

  #slots = new Int32Array(4_096).fill(-1);
  #hashes = new Int32Array(2_048);
  #ends = new Int32Array(2_048);
  #text = new Uint8Array(65_536);
  #count = 0;

  /** @param known stores that rounded ids in the file may have been */
  constructor(private readonly known: KnownIds = new KnownIds([])) {}

  get size(): number {
    return this.#count;
  }

  /**
   * The number of the id `bytes[start, end)` (trimmed), assigned when it is new; -1 for an invalid id, with the reason
   * in `fault`. An id shaped like a UUID is case-insensitive and stored in lower case.
   */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashOf(bytes, start, end);
    const known = this.#find(bytes, start, end, hash);
    if (known >= 0) return known;
    this.fault = storeIdFault(bytes, start, end);
    if (this.fault !== null) return -1;
    // A long id that ends in 0: few are.
    if (end - start > 15 && bytes[end - 1] === 48) {
      const reason = this.known.roundedFault(textOf(bytes, start, end));
      if (reason !== null) {
        this.fault = { column: "store_id", code: "id_damaged_by_spreadsheet", reason };
        return -1;
      }
    }
    const id = textOf(bytes, start, end);
    const stored = canonicalStoreId(id);
    if (stored === id) return this.#add(bytes, start, end, hash);
    const same = this.find(stored);
    if (same >= 0) return same;
    const lowered = encoder.encode(stored);
    return this.#add(lowered, 0, lowered.length, hashOf(lowered, 0, lowered.length));
  }

  /** The number of a canonical id that a good row has had; -1 otherwise. */
  find(id: string): number {
    const bytes = encoder.encode(id);
    return this.#find(bytes, 0, bytes.length, hashOf(bytes, 0, bytes.length));
  }

  /** The id with a number. */
  at(number: number): string {
    return textOf(this.#text, number === 0 ? 0 : this.#ends[number - 1]!, this.#ends[number]!);
  }

  #find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]!;
      if (number < 0) return -1;
      if (this.#hashes[number] === hash && this.#isAt(number, bytes, start, end)) return number;
    }
  }

  #isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = number === 0 ? 0 : this.#ends[number - 1]!;
    const length = end - start;
    if (this.#ends[number]! - from !== length) return false;
    const text = this.#text;
    for (let i = 0; i < length; i++) if (text[from + i] !== bytes[start + i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const number = this.#count;
    const from = number === 0 ? 0 : this.#ends[number - 1]!;
    if (number === this.#ends.length) this.#grow();
    if (from + 64 > this.#text.length) this.#text = enlarged(this.#text, new Uint8Array(this.#text.length * 2));
    this.#text.set(bytes.subarray(start, end), from);
    this.#ends[number] = from + end - start;
    this.#hashes[number] = hash;
    this.#count += 1;
    this.#place(number, hash);
    return number;
  }

  #place(number: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot]! >= 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number;
  }

  #grow(): void {
    const size = this.#ends.length * 2;
    this.#ends = enlarged(this.#ends, new Int32Array(size));
    this.#hashes = enlarged(this.#hashes, new Int32Array(size));
    this.#slots = new Int32Array(size * 2).fill(-1);
    for (let number = 0; number < this.#count; number++) this.#place(number, this.#hashes[number]!);
  }
}

const encoder = new TextEncoder();

function enlarged<T extends Uint8Array | Int32Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash ^ (hash >>> 15);
}
