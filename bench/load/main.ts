import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { env } from "@/lib/server/env";
import { benchAttacks } from "./attack-rows";
import { benchHeavyReads } from "./heavy-read-rows";
import { benchAgainst } from "./compare-rows";
import { benchDownload, benchQueue } from "./job-rows";
import { judged, toTable, type LoadLine } from "./load-line";
import { benchOverload, benchPages, benchPagesBusy } from "./page-rows";
import { benchRates, type LoadBench } from "./rate-rows";
import { startOtherBuild } from "./other-build";
import { openRawUpsert } from "./raw-upsert";
import { benchStart } from "./start-rows";
import { startScript } from "@/bench/bench-app";
import { startBenchServer, type BenchServer } from "@/bench/bench-database";
import { storesAtScale, writeBenchFleet } from "@/bench/bench-fleet";
import { loadFleet } from "@/bench/import-row";
import { ensureBuild } from "@/scripts/start/build";

const rows = [
  "rates",
  "against",
  "download",
  "pages",
  "queue",
  "overload",
  "busy",
  "attacks",
  "heavy",
  "start",
] as const;

const usage = `Usage: npm run bench:load -- [--seconds N] [--runs N] [--scale N] [--only ROW,ROW] [--against DIR] [--json FILE]

Puts load on the built app, over a PostgreSQL of its own that is deleted at the end, and prints the results as ratios
to a no-op route and to raw SQL of the same run. docs/load.md says how to read it.

  --seconds N     of each load (4)
  --runs N        of the rates and the downloads (3)
  --scale N       multiple of the 14,092 stores and 1.8 million polls of the public data (1)
  --only ROW,ROW  some of: ${rows.join(", ")}
  --json FILE     also writes the lines
  --against DIR   also measures the build of another checkout, over a database of its own, beside this one
  --profile DIR   writes CPU profiles of the web server, for Chrome's developer tools
  --help          this text`;

interface Options {
  readonly seconds: number;
  readonly runs: number;
  readonly scale: number;
  readonly only: ReadonlySet<string>;
  readonly json: string | undefined;
  readonly against: string | undefined;
  readonly profile: string | undefined;
}

class UsageError extends Error {}

/** @returns null when help was requested */
function readOptions(args: readonly string[]): Options | null {
  const text = { type: "string" } as const;
  const options = {
    seconds: text,
    runs: text,
    scale: text,
    only: text,
    json: text,
    against: text,
    profile: text,
    help: { type: "boolean" },
  } as const;
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options, strict: true }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (values.help) return null;
  const number = (name: "seconds" | "runs" | "scale", usual: number): number => {
    const value = Number(values[name] ?? usual);
    if (!(value > 0)) throw new UsageError(`--${name} must be more than 0.`);
    return value;
  };
  const only = new Set(values.only?.split(",") ?? rows);
  for (const name of only) {
    if (!rows.some((row) => row === name)) throw new UsageError(`Unknown row ${name}; rows are ${rows.join(", ")}.`);
  }
  return {
    seconds: number("seconds", 4),
    runs: Math.ceil(number("runs", 3)),
    scale: number("scale", 1),
    only,
    json: values.json,
    against: values.against === undefined ? undefined : resolve(values.against),
    profile: values.profile,
  };
}

const print = (text: string): void => {
  console.error(`[${new Date().toISOString().slice(11, 19)}] ${text}`);
};

async function bench(server: BenchServer, folder: string, options: Options): Promise<LoadLine[]> {
  const { seconds, runs, scale, only, against, profile } = options;
  print("generating the fleet");
  const fleet = await writeBenchFleet(folder, storesAtScale(scale));
  const database = await server.create("bench_load");
  await loadFleet(database, fleet);
  await database.settle();
  print(`${fleet.stores} stores, ${fleet.polls} polls`);
  const lines: LoadLine[] = [];
  const add = (more: readonly LoadLine[]): void => {
    lines.push(...more);
    for (const line of more)
      print(`${line.row} ${line.what}: ${line.value.toFixed(2)} ${line.unit} (${judged(line).judge.toFixed(2)})`);
  };
  // Limits high enough for the load, so that requests are still counted as in production.
  const limits = { RATE_LIMIT_TRIGGER_PER_MINUTE: "10000000", RATE_LIMIT_INGEST_PER_MINUTE: "10000000" };
  const settings = { ...limits, SNAPSHOT_INTERVAL_SECONDS: "60", LOG_LEVEL: "info" };
  const web = startScript("web", database.url, { settings, quiet: true, profile });
  const worker = startScript("worker", database.url, { settings, quiet: true });
  try {
    const { port = 0 } = await web.ready;
    await worker.ready;
    const load: LoadBench = { port, url: database.url, storeIds: fleet.storeIds, seconds, runs };
    await waitForSnapshot(port);
    if (only.has("rates")) {
      const raw = await openRawUpsert(database.url, 4);
      add(await benchRates(load, raw));
      await raw.database.close();
    }
    if (against !== undefined && only.has("against")) {
      const other = await startOtherBuild(server, against, fleet, settings);
      await waitForSnapshot(other.port);
      try {
        add(await benchAgainst(load, other.port));
      } finally {
        await other.stop();
      }
    }
    if (only.has("download")) add(await benchDownload(load, database));
    if (only.has("pages")) add(await benchPages(load));
    if (only.has("queue")) add(await benchQueue(load, database));
    if (only.has("overload")) add(await benchOverload(load));
    if (only.has("busy")) add(await benchPagesBusy(load, fleet.pollsCsv, database));
    if (only.has("attacks")) add(await benchAttacks(load));
    // The last one, because the store it adds changes all figures of the fleet.
    if (only.has("heavy")) add(await benchHeavyReads(load, database));
    add([
      { row: "memory", what: "web, most resident", value: web.process.peakMb(), unit: "MB" },
      { row: "memory", what: "worker, most resident", value: worker.process.peakMb(), unit: "MB" },
    ]);
  } finally {
    await Promise.all([web.process.stop(), worker.process.stop()]);
  }
  if (only.has("start")) add(await benchStart(folder, env().PG_BIN, database.url));
  await database.drop();
  return lines;
}

/** The worker makes the first snapshot of the fleet; measured loads start after it. */
async function waitForSnapshot(port: number): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/stores?limit=1`);
    const { stores = [] } = (await response.json()) as { stores?: unknown[] };
    if (stores.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    console.log(usage);
    return;
  }
  await ensureBuild(new AbortController().signal, () => {
    print("building the pages");
  });
  const folder = mkdtempSync(join(tmpdir(), "store-monitoring-load-"));
  // As root, Postgres runs as another user, who needs access.
  chmodSync(folder, 0o711);
  const before = loadavg();
  const server = await startBenchServer(join(folder, "data"), env().PG_BIN);
  try {
    const lines = await bench(server, folder, options);
    const { model = "unknown" } = cpus()[0] ?? {};
    const machine = {
      ...{ cpu: model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version },
      ...{ database: server.description, loadBefore: before, loadAfter: loadavg() },
    };
    console.log(toTable(lines));
    print(JSON.stringify(machine));
    if (options.json === undefined) return;
    const judgedLines = lines.map((line) => ({ ...line, ...judged(line) }));
    writeFileSync(options.json, `${JSON.stringify({ machine, lines: judgedLines }, null, 2)}\n`);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
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
