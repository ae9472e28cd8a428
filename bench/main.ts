import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { env } from "@/lib/server/env";
import { startBenchServer, type BenchServer } from "./bench-database";
import { type BenchFleet, storesAtScale, writeBenchFleet } from "./bench-fleet";
import { type BenchResult, isMet, ratioOf, toLine, toTable } from "./bench-result";
import { benchImport, benchImportMemory } from "./import-row";
import { type AddResults, benchLoaded, benchSmallFleet, needsPages } from "./loaded-rows";
import { type BenchOptions, readOptions, usage, UsageError } from "./options";
import { benchScale } from "./scale-rows";
import { median } from "./statistics";
import { ensureBuild } from "@/scripts/start/build";

/** Stores of a fleet whose page is known to be fast. */
const smallFleet = 200;

const print = (text: string): void => {
  console.error(`[${new Date().toISOString().slice(11, 19)}] ${text}`);
};

async function makeFleet(folder: string, stores: number): Promise<BenchFleet> {
  const fleet = await writeBenchFleet(mkdtempSync(join(folder, "fleet-")), stores);
  print(`${String(fleet.stores)} stores, ${String(fleet.polls)} polls, ${(fleet.csvBytes / 1e6).toFixed(0)} MB of CSV`);
  return fleet;
}

/** @returns the fleet that the rows use */
async function benchRows(
  server: BenchServer,
  options: BenchOptions,
  folder: string,
  add: AddResults,
): Promise<BenchFleet> {
  const { only, scale, runs } = options;
  if (scale > 1) {
    const fleets = {
      public: await makeFleet(folder, storesAtScale(1)),
      large: await makeFleet(folder, storesAtScale(scale)),
    };
    add(await benchScale(server, fleets, scale, runs));
    return fleets.large;
  }
  const fleet = await makeFleet(folder, storesAtScale(scale));
  if (only.has("import")) add(await benchImport(server, fleet, runs));
  if (only.has("memory")) add(await benchImportMemory(server, fleet));
  await benchLoaded(server, fleet, options, add);
  if (only.has("small")) add(await benchSmallFleet(server, await makeFleet(folder, smallFleet), runs));
  return fleet;
}

async function bench(options: BenchOptions, folder: string): Promise<void> {
  const since = performance.now();
  if (options.scale > 1 || needsPages(options.only)) {
    await ensureBuild(new AbortController().signal, () => {
      print("building the pages");
    });
  }
  const server = await startBenchServer(join(folder, "data"), env().PG_BIN);
  const results: BenchResult[] = [];
  const loadBefore = loadavg();
  let fleet: BenchFleet;
  try {
    fleet = await benchRows(server, options, folder, (more) => {
      results.push(...more);
      for (const { row, what, median, ratio } of more.map(toLine)) print(`${row}: ${what}: ${median} ${ratio}`);
    });
  } finally {
    await server.stop();
  }
  console.log(toTable(results));
  const loadAfter = loadavg();
  print(`load before ${loadBefore.map((load) => load.toFixed(1)).join(" ")}, after ${loadAfter[0]?.toFixed(1) ?? ""}`);
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    database: server.description,
    loadBefore,
    loadAfter,
  };
  const { stores, polls, csvBytes } = fleet;
  const size = { stores, polls, csvBytes, historyDays: options.historyDays };
  const lines = results.map((result) => {
    return { ...result, median: median(result.runs), ratio: ratioOf(result), met: isMet(result) };
  });
  mkdirSync(dirname(options.json), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify({ machine, fleet: size, results: lines }, null, 2)}\n`);
  const missed = results.filter((result) => isMet(result) === false).length;
  print(
    `${String(Math.round((performance.now() - since) / 1000))} s; ${String(missed)} targets missed; in ${options.json}`,
  );
}

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "store-monitoring-bench-"));
  // As root, Postgres runs as another user, who needs access.
  chmodSync(folder, 0o711);
  const clear = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("SIGINT", () => {
    clear();
    process.exit(130);
  });
  try {
    await bench(options, folder);
  } finally {
    clear();
  }
}

try {
  await run();
} catch (error) {
  console.error(error);
  if (error instanceof UsageError) console.error(`\n${usage}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
// Resources left open by a row that failed must not keep the process alive.
process.exit();
