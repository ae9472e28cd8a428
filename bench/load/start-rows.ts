import { chmodSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { startBenchServer } from "@/bench/bench-database";
import { startScript } from "@/bench/bench-app";
import type { LoadLine } from "./load-line";

/** A cold start, and a second one: the bundled database, and the web server until it is ready. */
export async function benchStart(folder: string, pgBin: string | undefined, fleetUrl: string): Promise<LoadLine[]> {
  const dataDir = mkdtempSync(join(folder, "start-"));
  chmodSync(dataDir, 0o711);
  const timedStart = async (): Promise<number> => {
    const since = performance.now();
    const server = await startBenchServer(dataDir, pgBin);
    const seconds = (performance.now() - since) / 1000;
    await server.stop();
    return seconds;
  };
  const cold = await timedStart();
  const warm = await timedStart();
  const since = performance.now();
  const web = startScript("web", fleetUrl);
  const { port = 0 } = await web.ready;
  await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: "text/html" } });
  const served = (performance.now() - since) / 1000;
  await web.process.stop();
  return [
    { row: "L11", what: "bundled database from nothing", value: cold, unit: "s", most: 10 },
    { row: "L11", what: "bundled database again", value: warm, unit: "s", most: 3 },
    { row: "L11", what: "web server on 1.8 M polls, to the first page", value: served, unit: "s", most: 3 },
  ];
}
