import { postgresEpochMs } from "@/db/copy-streams/postgres-epoch";
import { readCopy } from "@/db/copy-streams/copy-reader";
import type { Db } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { inKeyRange, type StoreKeyRange } from "./store-schedules";
import type { EpochMs, PackedPolls } from "@/lib/uptime/types";

/** 8 bytes of µs and one byte of status. */
const pollBytes = 9;

/** Polls of a range of stores, both instants included. */
export interface PollSelection extends StoreKeyRange {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Called for one store after another, in ascending order of key. The polls are valid only until the call returns. */
export type VisitPolls = (storeKey: number, polls: PackedPolls) => void;

/** Decodes the packed polls of one store after another into the same memory, which grows as needed. */
export class PollDecoder {
  private at = new Float64Array(512);
  private active = new Uint8Array(512);

  /**
   * @param bytes contain `timestamptz_send(at) || boolsend(active)` per poll, ascending
   * @param start of the polls in `bytes`   @param length in bytes
   */
  decode(bytes: Buffer, start: number, length: number): PackedPolls {
    const count = length / pollBytes;
    if (!Number.isInteger(count)) throw new Error(`${String(length)} bytes are no whole number of polls.`);
    if (count > this.at.length) {
      this.at = new Float64Array(count * 2);
      this.active = new Uint8Array(count * 2);
    }
    const { at, active } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset + start, length);
    for (let poll = 0, position = 0; poll < count; poll++, position += pollBytes) {
      const micros = view.getInt32(position) * 4_294_967_296 + view.getUint32(position + 4);
      at[poll] = micros / 1000 + postgresEpochMs;
      active[poll] = view.getUint8(position + 8);
    }
    return { at: at.subarray(0, count), active: active.subarray(0, count) };
  }
}

function instantLiteral(at: EpochMs): string {
  return `'${instantText(at)}'::timestamptz`;
}

/** COPY accepts no parameters; the text contains only our own numbers and dates formatted from numbers. */
export function selectPackedPolls({ from, to, ...range }: PollSelection): string {
  return (
    "select store_key, string_agg(timestamptz_send(at) || boolsend(active), '' order by at) from polls " +
    `where ${inKeyRange(range)} and at >= ${instantLiteral(from)} and at <= ${instantLiteral(to)} ` +
    "group by store_key order by store_key"
  );
}

/** Polls of one store: both instants included, oldest first. */
export interface StorePolls {
  readonly storeKey: number;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Number of packed rows per range: few enough that no row takes long, and enough that the number of rows does not
 * matter.
 */
const partsOfRange = 4_096;

/** The polls of a range, part by part. */
class PackedParts {
  private readonly parts: PackedPolls[] = [];
  count = 0;

  add({ at, active }: PackedPolls): void {
    this.parts.push({ at: at.slice(), active: active.slice() });
    this.count += at.length;
  }

  /** The parts arrive in any order; each starts after the previous one has ended. */
  join(): PackedPolls {
    const at = new Float64Array(this.count);
    const active = new Uint8Array(this.count);
    let start = 0;
    for (const part of this.parts.sort((a, b) => a.at[0]! - b.at[0]!)) {
      at.set(part.at, start);
      active.set(part.active, start);
      start += part.at.length;
    }
    return { at, active };
  }
}

/**
 * Reads the polls of one store as they stream in, packed by parts of the range: none of it is held as
 * text, and the process can do other work between chunks. The statement neither sorts nor numbers them, which would
 * take longer than everything else: they come from the key in order, and keep it within a part.
 * @param db a transaction or a reserved connection
 * @param most the maximum number of polls to read
 * @returns null when there are more
 */
export async function readManyPolls(
  { sql }: Db,
  { storeKey, from, to }: StorePolls,
  most: number,
): Promise<PackedPolls | null> {
  const partMs = Math.max(1, Math.ceil((to - from) / partsOfRange));
  const parts = new PackedParts();
  const decoder = new PollDecoder();
  const output = await sql
    .unsafe(
      "copy (select string_agg(timestamptz_send(at) || boolsend(active), '') from (select at, active from polls " +
        `where store_key = ${storeKey.toFixed(0)} and at >= ${instantLiteral(from)} and at <= ${instantLiteral(to)} ` +
        `order by at limit ${(most + 1).toFixed(0)}) as polls ` +
        `group by date_bin(interval '${partMs.toFixed(0)} milliseconds', at, ${instantLiteral(from)})) ` +
        "to stdout (format binary)",
    )
    .readable();
  await readCopy(output, 1, (bytes, fields) => {
    parts.add(decoder.decode(bytes, fields[0]!, fields[1]!));
  });
  return parts.count > most ? null : parts.join();
}

/**
 * Streams polls from the covering index, packed per store: the only way in which polls reach a computation.
 * @param db a transaction or a reserved connection; it is free for the next query when the promise resolves
 */
export async function streamPolls(
  { sql }: Db,
  selection: PollSelection,
  visit: VisitPolls,
  signal?: AbortSignal,
): Promise<void> {
  const decoder = new PollDecoder();
  const output = await sql.unsafe(`copy (${selectPackedPolls(selection)}) to stdout (format binary)`).readable();
  await readCopy(
    output,
    2,
    (bytes, fields) => {
      visit(bytes.readInt32BE(fields[0]), decoder.decode(bytes, fields[2]!, fields[3]!));
    },
    signal,
  );
}
