import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Database } from "@/db/client";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { systemViewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { parseAsOf } from "@/lib/server/wire/as-of";
import { computeReport, type ComputedReport } from "@/lib/server/figures/compute-report";
import { printFormats, printReport, type PrintFormat } from "@/lib/server/reports/print-report";
import { requireStoreKeys } from "@/lib/server/access/store-keys";
import type { EpochMs, Method } from "@/lib/uptime/types";
import { parseOptions, runCommand, UsageError } from "./command";
import { openProjectDatabase } from "./project-database";

const usage = `Usage: npm run --silent report -- [options]

Prints the uptime of the fleet, or of one store, over the hour, day and week before an instant.

  --store ID       one store; the whole fleet otherwise
  --as-of TIME     RFC 3339, like 2023-01-25T18:13:22Z; the newest poll otherwise
  --method M       interpolated (default) or poll_count
  --format F       csv (default), ndjson or json
  --out FILE       a file, written completely or not at all; standard output otherwise
  --help           this text

Exit code 0: printed. 1: it failed. 2: wrong usage.`;

const methods: readonly Method[] = ["interpolated", "poll_count"];

interface Options {
  readonly store: string | undefined;
  readonly asOf: EpochMs | null;
  readonly method: Method;
  readonly format: PrintFormat;
  readonly out: string | undefined;
}

function oneOf<T extends string>(name: string, allowed: readonly T[], given: string): T {
  const found = allowed.find((one) => one === given);
  if (found === undefined) throw new UsageError(`--${name} must be one of ${allowed.join(", ")}, not ${given}.`);
  return found;
}

/** @returns null when help was requested */
function readOptions(): Options | null {
  const text = { type: "string" } as const;
  const { values } = parseOptions({
    options: { store: text, "as-of": text, method: text, format: text, out: text, help: { type: "boolean" } },
  });
  if (values.help) return null;
  const asOf = values["as-of"];
  try {
    return {
      store: values.store,
      asOf: asOf === undefined ? null : parseAsOf(asOf, Date.now()),
      method: oneOf("method", methods, values.method ?? "interpolated"),
      format: oneOf("format", printFormats, values.format ?? "csv"),
      out: values.out,
    };
  } catch (error) {
    if (error instanceof AppError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

async function compute(database: Database, { store, asOf, method }: Options): Promise<ComputedReport> {
  const storeKeys = store === undefined ? null : await requireStoreKeys(database, systemViewer, [store]);
  const instant = asOf ?? (await readFleetState(database)).asOf;
  return computeReport(database, { storeKeys, method, asOf: instant });
}

async function write(report: ComputedReport, { format, out }: Options): Promise<void> {
  const text = Readable.from(printReport(report, format));
  if (out === undefined) {
    await pipeline(text, process.stdout, { end: false });
    return;
  }
  const partial = `${out}.${process.pid}.partial`;
  try {
    await pipeline(text, createWriteStream(partial, { flags: "wx", flush: true }));
    await rename(partial, out);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options === null) {
    console.log(usage);
    return;
  }
  const project = await openProjectDatabase("store-monitoring report");
  try {
    await write(await compute(project.database, options), options);
  } finally {
    await project.close();
  }
}

// The reader of our output may stop early, as `head` does; then there is nothing left to print.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});
await runCommand(usage, run);
