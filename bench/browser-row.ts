import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { BenchResult } from "./bench-result";
import type { PageBench } from "./page-rows";

const script = join(import.meta.dirname, "../e2e/pages/fleet-page-timing.ts");

/** Output of the script: for each step one time in ms per run, and the bytes of the first load. */
interface BrowserTimings {
  readonly steps: Readonly<Record<string, readonly number[]>>;
  readonly transferredKb: readonly number[];
}

/** The fleet page in a browser: opened, sorted, searched, paged. Measures what users see, not what the server takes. */
export async function benchBrowser({ port, runs, storeIds }: PageBench): Promise<BenchResult[]> {
  const args = ["--import", "tsx", script, `http://127.0.0.1:${String(port)}`, String(runs)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 300_000 });
  const { steps, transferredKb } = JSON.parse(stdout) as BrowserTimings;
  const label = `${storeIds.length.toLocaleString("en-US")} stores`;
  const timed = Object.entries(steps).map(([step, ms]): BenchResult => {
    return { row: "browser", what: `fleet page, ${label}, ${step}`, unit: "ms", runs: ms };
  });
  const sent = { row: "browser", what: `fleet page, ${label}, sent for the first view`, unit: "kB" } as const;
  return [...timed, { ...sent, runs: transferredKb }];
}
