import { benchBatches } from "./batch-row";
import { type App, startApp } from "./app";
import type { BenchDatabase, BenchServer } from "./bench-database";
import type { BenchFleet } from "./bench-fleet";
import type { BenchResult } from "./bench-result";
import { benchBrowser } from "./browser-row";
import { addHistory } from "./history";
import { loadFleet, nameFleet } from "./import-row";
import { benchCalendar } from "./calendar-row";
import type { BenchOptions, RowName } from "./options";
import { benchFleetPage, benchStore } from "./page-rows";
import { benchComputation, benchJob } from "./report-rows";

const withPages: readonly RowName[] = ["job", "store", "page", "history", "browser"];

const withoutPages: readonly RowName[] = ["fleet", "calendar", "batch"];

/** Whether any of the rows needs the web server. */
export function needsPages(only: ReadonlySet<RowName>): boolean {
  return [...withPages, "small" as const].some((row) => only.has(row));
}

/** Gets the results of each row as soon as there are some. */
export type AddResults = (results: readonly BenchResult[]) => void;

/** The rows that need the loaded fleet and the app. */
export async function benchLoaded(
  server: BenchServer,
  fleet: BenchFleet,
  options: BenchOptions,
  add: AddResults,
): Promise<void> {
  const { only, runs } = options;
  if (![...withPages, ...withoutPages].some((row) => only.has(row))) return;
  const database = await server.create("bench");
  await loadFleet(database, fleet);
  await nameFleet(database);
  await database.settle();
  if (only.has("fleet")) add(await benchComputation({ database, port: 0, runs, label: "" }));
  if (only.has("calendar")) add(await benchCalendar(database, fleet.storeIds, runs));
  if (withPages.some((row) => only.has(row))) {
    const app = await startApp(database);
    await benchApp(app, database, fleet, options, add);
    add([
      { row: "memory", what: "worker, most resident", unit: "MB", runs: [app.worker.peakMb()], target: { most: 300 } },
      { row: "memory", what: "web, most resident", unit: "MB", runs: [app.web.peakMb()] },
    ]);
    await app.stop();
  }
  if (only.has("batch")) add(await benchBatches(database, fleet.storeIds, runs));
  await database.drop();
}

async function benchApp(
  { port }: App,
  database: BenchDatabase,
  fleet: BenchFleet,
  { only, runs, historyDays }: BenchOptions,
  add: AddResults,
): Promise<void> {
  const bench = { database, port, runs, label: "", maxMs: 2000, storeIds: fleet.storeIds };
  if (only.has("job")) add(await benchJob(bench));
  if (only.has("store")) add(await benchStore(bench));
  if (only.has("page")) add(await benchFleetPage(bench));
  if (only.has("browser")) add(await benchBrowser(bench));
  if (only.has("history")) {
    await addHistory(database, fleet, historyDays);
    await database.settle();
    const behind = { ...bench, label: `, ${String(historyDays)} days behind` };
    add(await benchComputation(behind));
    add(await benchJob(behind));
  }
}

/** The fleet page of 200 stores, which that of thousands must match. */
export async function benchSmallFleet(server: BenchServer, fleet: BenchFleet, runs: number): Promise<BenchResult[]> {
  const database = await server.create("bench_small");
  await loadFleet(database, fleet);
  await nameFleet(database);
  const app = await startApp(database);
  const results = await benchFleetPage({ database, port: app.port, runs, storeIds: fleet.storeIds }, "few");
  await app.stop();
  await database.drop();
  return results;
}
