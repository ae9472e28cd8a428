import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "@/db/client";
import { findCurlExample } from "@/db/queries/bulk/curl-example";
import { env } from "@/lib/server/env";
import { loadDemoData } from "@/scripts/demo/demo-data";
import { printStep } from "./print";
import { readInstant, UnreadableInstant } from "@/lib/server/text/instant";

/** The last instant of the demo data. */
function demoEnd(wanted: string): number {
  const read = wanted === "1" ? null : readInstant(wanted);
  return read === null || read instanceof UnreadableInstant ? Date.now() : read.at;
}

/**
 * Loads demo data into a database without stores, unless `DEMO_DATA` disables it. A file in the data folder marks it as
 * in progress, so that the next start completes an interrupted one, as of the same instant.
 */
export async function loadDemoIfEmpty(database: Database, dataDir: string): Promise<void> {
  const { DEMO_DATA: wanted } = env();
  if (wanted === "0") return;
  const note = join(dataDir, "demo-data-under-way");
  const unfinished = existsSync(note) ? Number(readFileSync(note, "utf8")) : null;
  if (unfinished === null && (await findCurlExample(database)) !== null) return;
  const since = performance.now();
  const now = unfinished ?? demoEnd(wanted);
  writeFileSync(note, String(now));
  const { stores, polls } = await loadDemoData(database, { now });
  rmSync(note);
  printStep("demo data", since, `${stores} stores, ${polls} polls, because there were none`);
}
