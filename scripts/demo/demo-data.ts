import { Readable } from "node:stream";
import type { Database } from "@/db/client";
import { labelStores, type Labels } from "@/db/queries/bulk/label-stores";
import type { EpochMs } from "@/lib/uptime/types";
import type { ImportKind } from "@/lib/server/imports/csv-header";
import { generateFleet, type GeneratedFleet } from "./generated-fleet";
import { importFile } from "@/lib/server/imports/import-file";
import { SeededRandom } from "./seeded-random";

export interface DemoOptions {
  /** Our clock: the newest poll is a few minutes older. */
  readonly now: EpochMs;
  readonly seed?: number;
}

export interface DemoLoad {
  readonly stores: number;
  readonly polls: number;
  /** A store with polls, hours and a zone, for examples. */
  readonly exampleStoreId: string;
}

const defaultSeed = 2023;

/** The demo fleet: 200 stores and nine days of polls. Deterministic for a seed and `now`. */
export function demoFleet({ now, seed = defaultSeed }: DemoOptions): GeneratedFleet {
  return generateFleet({
    seed,
    storeCount: 200,
    days: 9,
    endsAt: now - 3 * 60_000,
    withoutHours: 0.06,
    withoutZone: 0.04,
    uuids: 0.1,
    oneRowNights: 0.4,
  });
}

/** Loads the demo fleet through the normal import; loading it twice changes nothing. Most stores get a name. */
export async function loadDemoData(database: Database, options: DemoOptions): Promise<DemoLoad> {
  const fleet = demoFleet(options);
  const load = async (kind: ImportKind, chunks: Iterable<Uint8Array>): Promise<number> => {
    const result = await importFile(database, { kind, source: Readable.from(chunks), now: options.now });
    if (result.outcome === "failed" || result.counts.rejected > 0) {
      throw new Error(`The demo data were rejected: ${JSON.stringify(result.rejects.slice(0, 3))}`);
    }
    return result.counts.accepted;
  };
  await load("timezones", fleet.timezonesCsv());
  await load("hours", fleet.hoursCsv());
  const polls = await load("polls", fleet.pollsCsv());
  await labelStores(database, storeLabels(fleet, options.seed ?? defaultSeed));
  const example = fleet.stores.find(({ zone, hours, fate }) => zone !== null && hours !== null && fate === "usual");
  return { stores: fleet.stores.length, polls, exampleStoreId: example?.id ?? "" };
}

const brands = [
  "Copper Kettle",
  "Luna Taqueria",
  "Noodle Harbor",
  "Green Fork",
  "Big Sky Pizza",
  "Saffron Table",
  "Brick Lane Burgers",
  "Morning Rye",
  "Blue Crane Sushi",
  "Hearth & Vine",
] as const;
const streets = [
  "Main St",
  "Oak Ave",
  "Market St",
  "2nd Ave",
  "Elm St",
  "Lakeview Dr",
  "Station Rd",
  "Mill St",
  "Harbor Blvd",
  "Pine St",
  "Cedar Ave",
  "Broadway",
  "Union Sq",
  "Park Ave",
  "River Rd",
  "Hill St",
] as const;

/** The operators of stores in each region. */
const franchises: Readonly<Record<string, string>> = {
  "America/New_York": "East",
  "America/Detroit": "East",
  "America/Chicago": "Central",
  "America/Denver": "Mountain",
  "America/Phoenix": "Mountain",
  "America/Los_Angeles": "West",
};

/** Names, brands and groups for nine stores in ten; the others are known only by id, like imported ones. */
function storeLabels(fleet: GeneratedFleet, seed: number): ReadonlyMap<string, Labels> {
  const random = new SeededRandom(seed + 1);
  const labels = new Map<string, Labels>();
  for (const { id, zone } of fleet.stores) {
    const brand = random.pick(brands);
    const name = `${brand}, ${(1 + random.below(980)).toString()} ${random.pick(streets)}`;
    if (random.chance(0.9)) labels.set(id, { name, brand, group: franchises[zone ?? "America/Chicago"] ?? "Central" });
  }
  return labels;
}
