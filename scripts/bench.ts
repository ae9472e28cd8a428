import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { env } from "@/lib/server/env";
import { benchBatches } from "./bench/batch-row";
import { type BenchProcess, startScript } from "./bench/bench-app";
import { type BenchDatabase, type BenchServer, startBenchServer } from "./bench/bench-database";
import { type BenchFleet, storesAtScale, writeBenchFleet } from "./bench/bench-fleet";
import { type BenchResult, ratioOf, toLine, toTable } from "./bench/bench-result";
import { addHistory } from "./bench/history";
import { benchImport, benchImportMemory, loadFleet } from "./bench/import-row";
import { benchFleetPage, benchStore } from "./bench/page-rows";
import { benchComputation, benchJob } from "./bench/report-rows";
import { median } from "./bench/statistics";
import { ensureBuild } from "./start/build";

const rows = ["import", "import-memory", "fleet", "job", "store", "page", "batch", "small"] as const;
type Row = (typeof rows)[number];

const usage = `Usage: npm run bench -- [--scale N] [--history DAYS] [--runs N] [--only ROW,ROW] [--json FILE]

Measures what the fleet's size costs, on a PostgreSQL of its own that is deleted at the end, and prints a table of
medians with their ratios to a floor of the same run. docs/performance.md says how to read it.

  --scale N       so many times the 14,092 stores and 1.8 million polls of the public data (1)
  --history DAYS  polls of so many days before the week (0)
  --runs N        of each row (3)
  --only ROW,ROW  some of: ${rows.join(", ")}
  --json FILE     writes the results with every run, too
  --help          this text`;

interface Options {
  readonly scale: number;
  readonly historyDays: number;
  readonly runs: number;
  readonly only: ReadonlySet<Row>;
  readonly json: string | undefined;
}

class UsageError extends Error {}

/** @returns null where help was asked for */
function readOptions(args: readonly string[]): Options | null {
  const text = { type: "string" } as const;
  const options = {
    scale: { ...text, default: "1" },
    history: { ...text, default: "0" },
    runs: { ...text, default: "3" },
    only: { ...text, default: rows.join(",") },
    json: text,
    help: { type: "boolean" },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (values.help) return null;
  const number = (name: "scale" | "history" | "runs", least: number): number => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < least) throw new UsageError(`--${name} must be ${String(least)} or more.`);
    return value;
  };
  const only = new Set(
    values.only.split(",").map((name) => {
      const row = rows.find((one) => one === name);
      if (row === undefined) throw new UsageError(`There is no row ${name}; there are ${rows.join(", ")}.`);
      return row;
    }),
  );
  return {
    scale: number("scale", 0.001),
    historyDays: number("history", 0),
    runs: Math.floor(number("runs", 1)),
    only,
    json: values.json,
  };
}

const say = (text: string): void => {
  console.error(`[${new Date().toISOString().slice(11, 19)}] ${text}`);
};

interface App {
  readonly port: number;
  readonly web: BenchProcess;
  readonly worker: BenchProcess;
  stop(): Promise<void>;
}

async function startApp(url: string): Promise<App> {
  const web = startScript("web", url);
  const worker = startScript("worker", url);
  const stop = async (): Promise<void> => {
    await Promise.all([web.process.stop(), worker.process.stop()]);
  };
  const { port = 0 } = await web.ready;
  await worker.ready;
  return { port, web: web.process, worker: worker.process, stop };
}

/** Waits until the worker has made the fleet's snapshot of the newest data. */
async function waitForSnapshot({ sql }: BenchDatabase): Promise<void> {
  for (;;) {
    const fresh = await sql`
      select from reports, fleet_state
      where origin = 'snapshot' and state = 'complete' and reports.data_version = fleet_state.data_version`;
    if (fresh.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The rows that need the fleet loaded and the app over it. */
async function benchLoaded(server: BenchServer, fleet: BenchFleet, options: Options): Promise<BenchResult[]> {
  const { only, runs, historyDays } = options;
  const results: BenchResult[] = [];
  const database = await server.create("bench");
  await loadFleet(database, fleet);
  if (historyDays > 0) await addHistory(database, fleet, historyDays);
  await database.settle();
  say("loaded");
  const label = historyDays > 0 ? `, ${String(historyDays)} days behind` : "";
  if (only.has("fleet")) results.push(...(await benchComputation({ database, port: 0, runs, label })));
  if (only.has("job") || only.has("store") || only.has("page")) {
    const app = await startApp(database.url);
    await waitForSnapshot(database);
    const bench = { database, port: app.port, runs, label, storeIds: fleet.storeIds };
    if (only.has("job")) results.push(...(await benchJob(bench)));
    if (only.has("store")) results.push(...(await benchStore(bench)));
    if (only.has("page")) results.push(...(await benchFleetPage(bench)));
    results.push(
      { row: "memory", what: "worker, most resident", unit: "MB", runs: [app.worker.peakMb()], target: { most: 300 } },
      { row: "memory", what: "web, most resident", unit: "MB", runs: [app.web.peakMb()] },
    );
    await app.stop();
  }
  if (only.has("batch")) results.push(...(await benchBatches(database, fleet.storeIds, runs)));
  await database.drop();
  return results;
}

/** The fleet page of 200 stores, beside which that of thousands is to be as fast. */
async function benchSmallFleet(server: BenchServer, folder: string, runs: number): Promise<BenchResult[]> {
  const fleet = await writeBenchFleet(mkdtempSync(join(folder, "small-")), 200);
  const database = await server.create("bench_small");
  await loadFleet(database, fleet);
  const app = await startApp(database.url);
  await waitForSnapshot(database);
  const results = await benchFleetPage({ database, port: app.port, runs, storeIds: fleet.storeIds });
  await app.stop();
  await database.drop();
  return results;
}

async function bench(options: Options, folder: string): Promise<void> {
  const { only, scale, runs } = options;
  const needsPages = (["job", "store", "page", "small"] as const).some((row) => only.has(row));
  if (needsPages) {
    await ensureBuild(new AbortController().signal, () => {
      say("building the pages");
    });
  }
  say("making up the fleet");
  const fleet = await writeBenchFleet(folder, storesAtScale(scale));
  say(`${String(fleet.stores)} stores, ${String(fleet.polls)} polls, ${(fleet.csvBytes / 1e6).toFixed(0)} MB of CSV`);
  const dataDir = join(folder, "data");
  const server = await startBenchServer(dataDir, env().PG_BIN);
  const results: BenchResult[] = [];
  const loadBefore = loadavg();
  try {
    const add = (more: readonly BenchResult[]): void => {
      results.push(...more);
      for (const { row, what, median, ratio } of more.map(toLine)) say(`${row}: ${what}: ${median} ${ratio}`);
    };
    if (only.has("import")) add(await benchImport(server, fleet, runs));
    if (only.has("import-memory")) add(await benchImportMemory(server, fleet));
    if ((["fleet", "job", "store", "page", "batch"] as const).some((row) => only.has(row))) {
      add(await benchLoaded(server, fleet, options));
    }
    if (only.has("small")) add(await benchSmallFleet(server, folder, runs));
  } finally {
    await server.stop();
  }
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    database: server.description,
    loadBefore,
    loadAfter: loadavg(),
  };
  const { stores, polls, csvBytes } = fleet;
  console.log(toTable(results));
  say(`load before ${loadBefore.map((load) => load.toFixed(1)).join(" ")}, after ${loadavg()[0]?.toFixed(1) ?? ""}`);
  if (options.json === undefined) return;
  const lines = results.map((result) => ({ ...result, median: median(result.runs), ratio: ratioOf(result) }));
  const fleetSize = { stores, polls, csvBytes, historyDays: options.historyDays };
  writeFileSync(options.json, `${JSON.stringify({ machine, fleet: fleetSize, results: lines }, null, 2)}\n`);
}

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "store-monitoring-bench-"));
  // As root, Postgres runs as another user, who must be able to pass.
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
// What a row that failed left open must not keep the process.
process.exit();
