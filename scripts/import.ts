import { createReadStream } from "node:fs";
import { open, stat, type FileHandle } from "node:fs/promises";
import { addAbortSignal } from "node:stream";
import type { Database } from "@/db/client";
import { hoursFromOf, type HoursFrom } from "@/db/queries/bulk/earlier-hours";
import { ValidFromSchema } from "@/lib/contract/store-edit";
import { importKinds, type ImportKind } from "@/lib/server/imports/csv-header";
import { AppError } from "@/lib/server/errors";
import { requireImportSpace } from "@/lib/server/health/disk";
import { importFile } from "@/lib/server/imports/import-file";
import type { ImportResult } from "@/lib/server/imports/import-result";
import type { ImportWarning } from "@/lib/server/imports/import-warnings";
import { rejectsCsvHeader, rejectsCsvLine } from "@/lib/server/imports/rejects-csv";
import { ProgressLine } from "./import/progress-line";
import { parseOptions, runCommand, UsageError } from "./command";
import { openProjectDatabase } from "./project-database";

const usage = `Usage: npm run --silent import -- [--timezones FILE] [--hours FILE] [--polls FILE]
                                       [--stores FILE] [--exceptions FILE] [--rejects FILE] [--hours-from DATE]

Imports CSV files, each completely or not at all; importing a file twice changes nothing. Prints a JSON summary.

  --timezones FILE  store_id,timezone_str
  --hours FILE      store_id,day,start_time_local,end_time_local (day 0 is Monday); replaces the hours of its stores:
                    one with a rejected row keeps its hours; "closed" in a time, or empty times, close a day
  --hours-from DATE the local date from which those hours apply, such as 2023-12-25, or beginning. Earlier days keep
                    their hours. Default: the date of the newest poll; for a store without hours the beginning
  --polls FILE      store_id,status,timestamp_utc
  --stores FILE     store_id and any of name,brand,group,address,url,time_zone,tags,lifecycle; an empty field clears a value
  --exceptions FILE store_id,date,start_time_local,end_time_local; replaces the hours of its stores on its dates, and
                    empty times close a date
  --rejects FILE    writes the rejected rows, with line, column, code and reason
  --help            this text

Give at least one of the first five; one of them may be -, standard input. gzip is inflated.

Exit code 0: done. 1: a file or the database failed. 2: wrong usage. 3: more than 5 % of a file's rows were rejected,
of 100 or more, and nothing of it was kept.`;

/** Rejects shown when they are not written to a file. */
const shownRejects = 5;

interface Options {
  readonly files: readonly { readonly kind: ImportKind; readonly file: string }[];
  readonly rejects: string | undefined;
  readonly hoursFrom: HoursFrom;
}

/** One file in the summary. */
interface FileSummary {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
  readonly rejected: number;
  readonly blank: number;
  readonly discarded?: number;
  readonly warnings?: readonly ImportWarning[];
  readonly error?: { readonly code: string; readonly detail: string; readonly line?: number };
}

const noRows = { rows: 0, accepted: 0, duplicate: 0, conflicting: 0, rejected: 0, blank: 0 };

/** @returns null when help was requested */
function readOptions(): Options | null {
  const text = { type: "string" } as const;
  const kinds = { timezones: text, hours: text, polls: text, stores: text, exceptions: text };
  const { values } = parseOptions({
    options: { ...kinds, rejects: text, "hours-from": text, help: { type: "boolean" } },
  });
  if (values.help) return null;
  const files = importKinds.flatMap((kind) => {
    const file = values[kind];
    return file === undefined ? [] : [{ kind, file }];
  });
  if (files.length === 0)
    throw new UsageError("Give at least one of --timezones, --hours, --polls, --stores and --exceptions.");
  if (files.some(({ file }) => file === "")) throw new UsageError("A file name is empty.");
  if (files.filter(({ file }) => file === "-").length > 1) throw new UsageError("Only one file can be standard input.");
  const from = ValidFromSchema.optional().safeParse(values["hours-from"]);
  if (!from.success) throw new UsageError("--hours-from is beginning, or a date like 2023-12-25.");
  if (from.data !== undefined && values.hours === undefined) throw new UsageError("--hours-from needs --hours.");
  return { files, rejects: values.rejects, hoursFrom: hoursFromOf(from.data) };
}

async function importOne(
  database: Database,
  kind: ImportKind,
  file: string,
  hoursFrom: HoursFrom,
  signal: AbortSignal,
): Promise<ImportResult> {
  const info = file === "-" ? null : await stat(file);
  await requireImportSpace(info?.size ?? 0);
  const source = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: 1024 * 1024 });
  const progress = new ProgressLine(process.stderr, kind, info?.isFile() === true ? info.size : null);
  try {
    return await importFile(database, {
      kind,
      source: addAbortSignal(signal, source),
      now: Date.now(),
      hoursFrom,
      signal,
      onProgress: (now) => {
        progress.show(now);
      },
    });
  } finally {
    progress.clear();
    // An aborted import would keep the process alive.
    source.destroy();
  }
}

function summarise({ counts, warnings, ...result }: ImportResult): FileSummary {
  const { rows, accepted, duplicate, conflicting, rejected, blank, discarded } = counts;
  return {
    ...{ rows, accepted, duplicate, conflicting, rejected, blank },
    ...(discarded > 0 ? { discarded } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(result.outcome === "failed" ? { error: result.error } : {}),
  };
}

/** The error text for an unreadable file, or a lost database. */
function failure(error: unknown): FileSummary {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof AppError) return { ...noRows, error: { code: error.code, detail } };
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const unreadable = /^(ENOENT|EACCES|EISDIR|EPERM|ENOTDIR|EIO|ELOOP|ENAMETOOLONG)$/.test(code);
  const away = /^(CONNECTION_|CONNECT_|ECONN|EPIPE|57P0|08|53300)/.test(code);
  return {
    ...noRows,
    error: { code: unreadable ? "unreadable_file" : away ? "database_unavailable" : "internal", detail },
  };
}

async function reportRejects(sink: FileHandle | null, file: string, result: ImportResult): Promise<void> {
  if (sink !== null) {
    await sink.writeFile(result.rejects.map((reject) => rejectsCsvLine(file, reject)).join(""));
    return;
  }
  for (const { line, column, code, reason } of result.rejects.slice(0, shownRejects)) {
    console.error(`${file}, line ${line.toString()}${column === "" ? "" : `, ${column}`}: ${reason} (${code})`);
  }
  const more = result.counts.rejected - shownRejects;
  if (more > 0) console.error(`${file}: ${more.toString()} more rows were rejected; --rejects FILE lists them.`);
}

async function importAll(database: Database, options: Options, sink: FileHandle | null): Promise<void> {
  const since = performance.now();
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(130);
    console.error("\nStopping; nothing of the current file is kept.");
    stop.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const summaries: Partial<Record<ImportKind, FileSummary>> = {};
  for (const { kind, file } of options.files) {
    let summary: FileSummary;
    try {
      const result = await importOne(database, kind, file, options.hoursFrom, stop.signal);
      await reportRejects(sink, file, result);
      summary = summarise(result);
    } catch (error) {
      if (stop.signal.aborted) {
        process.exitCode = 130;
        return;
      }
      summary = failure(error);
    }
    summaries[kind] = summary;
    if (summary.error === undefined) continue;
    console.error(`${file}: ${summary.error.detail} (${summary.error.code})`);
    process.exitCode = summary.error.code === "too_many_rejects" ? (process.exitCode ?? 3) : 1;
  }
  console.log(JSON.stringify({ ...summaries, seconds: Math.round(performance.now() - since) / 1_000 }));
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options === null) {
    console.log(usage);
    return;
  }
  const sink = options.rejects === undefined ? null : await open(options.rejects, "w");
  try {
    await sink?.writeFile(rejectsCsvHeader);
    const project = await openProjectDatabase("store-monitoring import");
    try {
      await importAll(project.database, options, sink);
    } finally {
      await project.close();
    }
  } finally {
    await sink?.close();
  }
}

await runCommand(usage, run);
