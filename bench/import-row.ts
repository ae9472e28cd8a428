import { createReadStream } from "node:fs";
import { ensurePollPartitions } from "@/db/queries/bulk/poll-partitions";
import { vacuumAnalyze } from "@/db/queries/bulk/vacuum-analyze";
import { importFile } from "@/lib/server/imports/import-file";
import type { ImportKind } from "@/lib/server/imports/csv-header";
import { type BenchDatabase, type BenchServer, copyIn } from "./bench-database";
import type { BenchFleet } from "./bench-fleet";
import type { BenchResult } from "./bench-result";
import { startScript } from "./bench-app";
import { timed } from "./statistics";

async function importCsv(database: BenchDatabase, kind: ImportKind, file: string): Promise<number> {
  const source = createReadStream(file, { highWaterMark: 1024 * 1024 });
  const result = await importFile(database, { kind, source, now: Date.now() });
  if (result.outcome === "failed" || result.counts.rejected > 0) {
    throw new Error(`The ${kind} were not taken: ${JSON.stringify(result)}`);
  }
  return result.counts.accepted;
}

/** Fills an empty database with the fleet. @returns ms that the polls took */
export async function loadFleet(database: BenchDatabase, fleet: BenchFleet): Promise<number> {
  await importCsv(database, "timezones", fleet.timezonesCsv);
  await importCsv(database, "hours", fleet.hoursCsv);
  await database.settle();
  return timed(async () => {
    const accepted = await importCsv(database, "polls", fleet.pollsCsv);
    if (accepted !== fleet.polls) throw new Error(`${String(accepted)} polls were accepted.`);
  });
}

async function floor(database: BenchDatabase, fleet: BenchFleet): Promise<number> {
  await ensurePollPartitions(database, fleet.weeks);
  await database.settle();
  return timed(() =>
    database.sql.begin((tx) =>
      copyIn(tx, "copy polls (store_key, at, active) from stdin (format binary)", fleet.pollsCopy),
    ),
  );
}

/** The complete import of the polls' CSV: scanned, validated, merged, indexed, with fresh statistics. */
export async function benchImport(server: BenchServer, fleet: BenchFleet, runs: number): Promise<BenchResult[]> {
  const imports: number[] = [];
  const floors: number[] = [];
  for (let run = 0; run < runs; run++) {
    const raw = await server.create("bench_copy");
    floors.push(await floor(raw, fleet));
    await raw.drop();
    const full = await server.create("bench_import");
    imports.push(await loadFleet(full, fleet));
    await full.drop();
  }
  return [
    {
      row: "import",
      what: "CSV of polls, to the end",
      unit: "ms",
      runs: imports,
      floor: { what: "raw binary COPY into the same table", runs: floors },
      target: { ratio: 1 / 0.7 },
    },
  ];
}

/** Runs `npm run import` with files, to its end. */
export async function importByScript(
  database: BenchDatabase,
  args: readonly string[],
): Promise<{ readonly ms: number; readonly peakMb: number }> {
  const since = performance.now();
  const { process, ready } = startScript("import", database.url, { args });
  await ready.catch(() => undefined);
  const { exitCode } = process.child;
  if (exitCode !== 0) throw new Error(`The import ended with ${String(exitCode)}.`);
  return { ms: performance.now() - since, peakMb: process.peakMb() };
}

/** Peak memory of `npm run import` with the polls. */
export async function benchImportMemory(server: BenchServer, fleet: BenchFleet): Promise<BenchResult[]> {
  const database = await server.create("bench_import_memory");
  const { peakMb } = await importByScript(database, ["--polls", fleet.pollsCsv]);
  await database.drop();
  return [{ row: "memory", what: "import, most resident", unit: "MB", runs: [peakMb], target: { most: 250 } }];
}

const names = ["Copper Kettle", "Luna Taqueria", "Noodle Harbor", "Saffron Yard", "Blue Door Deli", "Ember & Oak"];

/** Gives the stores realistic names and brands, so that lists by name have work to do. */
export async function nameFleet(db: BenchDatabase): Promise<void> {
  await db.sql`
    update stores set brand = (${names}::text[])[1 + store_key % ${names.length}::int],
      name = (${names}::text[])[1 + store_key % ${names.length}::int] || ' ' || md5(store_key::text)`;
  await vacuumAnalyze(db, ["stores"]);
}
