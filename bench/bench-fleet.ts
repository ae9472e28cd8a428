import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { once } from "node:events";
import { Readable, type Writable } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { copyHeader, copyTrailer, PollTuples } from "@/db/queries/bulk/import-tuples";
import { weekStart } from "@/db/queries/bulk/poll-partitions";
import { generateFleet } from "@/scripts/demo/generated-fleet";

/** Stores of the public data set. */
const publicStores = 14_092;
/** The newest poll of the public data set. */
const endsAt = Date.UTC(2023, 0, 25, 18, 13, 22);
/** Hours of the eight days without polls, as in the public data: first and last + 1. */
const quietHours = [
  [0, 5],
  [50, 58],
  [90, 92],
  [95, 96],
  [97, 100],
  [101, 104],
  [105, 106],
  [109, 111],
  [112, 113],
  [114, 154],
] as const;

export interface BenchFleet {
  readonly stores: number;
  readonly polls: number;
  /** Weeks of the polls, as `ensurePollPartitions` takes them. */
  readonly weeks: ReadonlySet<number>;
  readonly storeIds: readonly string[];
  readonly endsAt: number;
  readonly pollsCsv: string;
  readonly hoursCsv: string;
  readonly timezonesCsv: string;
  readonly csvBytes: number;
  /**
   * The same polls as a binary COPY, in the order of the file; the key of a store is its index in `storeIds`, from 1.
   */
  readonly pollsCopy: string;
}

/** Writes the files of a fleet like the public one, with `scale` times as many stores; deterministic. */
export async function writeBenchFleet(folder: string, stores: number): Promise<BenchFleet> {
  const fleet = generateFleet({
    seed: 2023,
    storeCount: stores,
    days: 8,
    endsAt,
    withoutHours: 0.21,
    withoutZone: 0.04,
    uuids: 0,
    oneRowNights: 0,
    quietHours,
  });
  const file = (name: string): string => join(folder, name);
  const keyOf = new Map(fleet.stores.map(({ id }, index) => [id, index + 1]));
  const weeks = new Set<number>();
  const copied = { polls: 0 };
  const pollsCsv = file("polls.csv");
  await pipeline(Readable.from(fleet.timezonesCsv()), createWriteStream(file("timezones.csv")));
  await pipeline(Readable.from(fleet.hoursCsv()), createWriteStream(file("hours.csv")));
  const copy = createWriteStream(file("polls.copy"));
  await pipeline(Readable.from(withCopy(fleet.pollsCsv(), copy, keyOf, weeks, copied)), createWriteStream(pollsCsv));
  await finished(copy.end(copyTrailer));
  return {
    stores,
    polls: copied.polls,
    weeks,
    storeIds: [...keyOf.keys()],
    endsAt,
    pollsCsv,
    hoursCsv: file("hours.csv"),
    timezonesCsv: file("timezones.csv"),
    csvBytes: (await stat(pollsCsv)).size,
    pollsCopy: file("polls.copy"),
  };
}

export function storesAtScale(scale: number): number {
  return Math.round(publicStores * scale);
}

/** Passes a CSV on, and writes the same rows as a COPY. @param chunks whole lines each */
async function* withCopy(
  chunks: Iterable<Uint8Array>,
  copy: Writable,
  keyOf: ReadonlyMap<string, number>,
  weeks: Set<number>,
  copied: { polls: number },
): AsyncGenerator<Uint8Array> {
  copy.write(copyHeader);
  const tuples = new PollTuples();
  for (const chunk of chunks) {
    yield chunk;
    for (const line of Buffer.from(chunk).toString("latin1").split("\n")) {
      const [id = "", status, time = ""] = line.split(",");
      const key = keyOf.get(id);
      if (key === undefined) continue;
      const at = Date.parse(`${time.slice(0, 10)}T${time.slice(11, 23)}Z`);
      weeks.add(weekStart(at));
      tuples.add(key, at, status === "active" ? 1 : 0);
    }
    const batch = tuples.take();
    if (batch === null) continue;
    copied.polls += batch.count;
    if (!copy.write(batch.bytes)) await once(copy, "drain");
  }
}
