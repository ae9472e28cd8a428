import { startApp } from "./app";
import type { BenchServer } from "./bench-database";
import type { BenchFleet } from "./bench-fleet";
import type { BenchResult } from "./bench-result";
import { importByScript } from "./import-row";
import { benchComputation, benchJob } from "./report-rows";

/** Peak memory that a process may have, in MB, and its maximum multiple of that with the public fleet. */
const maxMb = { import: 250, worker: 300, web: undefined } as const;
const maxGrowth = 1.2;
/** The maximum multiple of the public fleet's time for ten times the fleet. */
const maxTimes = 13;

/** The costs of one fleet size. */
interface ScaleCosts {
  readonly times: ReadonlyMap<string, readonly number[]>;
  readonly memory: Readonly<Record<"import" | "worker" | "web", number>>;
  readonly results: readonly BenchResult[];
}

async function measure(server: BenchServer, fleet: BenchFleet, label: string, runs: number): Promise<ScaleCosts> {
  const database = await server.create("bench_scale");
  await importByScript(database, ["--timezones", fleet.timezonesCsv, "--hours", fleet.hoursCsv]);
  const imported = await importByScript(database, ["--polls", fleet.pollsCsv]);
  await database.settle();
  const computed = await benchComputation({ database, port: 0, runs, label });
  const app = await startApp(database);
  const jobs = await benchJob({ database, port: app.port, runs, label });
  const memory = { import: imported.peakMb, worker: app.worker.peakMb(), web: app.web.peakMb() };
  await app.stop();
  await database.drop();
  const [figures] = computed;
  const [job] = jobs;
  const times = new Map([
    ["import of the CSV of polls, as a command", [imported.ms]],
    ["figures", figures?.runs ?? []],
    ["trigger to Complete, CSV downloaded", job?.runs ?? []],
  ]);
  return { times, memory, results: [...computed, ...jobs] };
}

/** The costs of `scale` times the public fleet compared with that fleet, both measured in one run. */
export async function benchScale(
  server: BenchServer,
  fleets: Readonly<Record<"public" | "large", BenchFleet>>,
  scale: number,
  runs: number,
): Promise<BenchResult[]> {
  const small = await measure(server, fleets.public, "", runs);
  const large = await measure(server, fleets.large, `, ${String(scale)} × the fleet`, runs);
  const what = `${String(scale)} × the fleet`;
  const times = [...large.times].map(([name, taken]): BenchResult => {
    const floor = { what: "the fleet itself", runs: small.times.get(name) ?? [] };
    return {
      row: "scale",
      what: `${name}, ${what}`,
      unit: "ms",
      runs: taken,
      floor,
      target: { ratio: (maxTimes * scale) / 10 },
    };
  });
  const memory = (["import", "worker", "web"] as const).map((name): BenchResult => {
    const floor = { what: "with the fleet itself", runs: [small.memory[name]] };
    const most = maxMb[name];
    const result = {
      row: "memory",
      what: `${name}, most resident, ${what}`,
      unit: "MB",
      runs: [large.memory[name]],
      floor,
    } as const;
    return most === undefined ? result : { ...result, target: { most, ratio: maxGrowth } };
  });
  return [...small.results, ...large.results, ...times, ...memory];
}
