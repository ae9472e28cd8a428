import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { migrate } from "@/db/migrate";
import { restoreBackup } from "@/lib/server/backup/restore-backup";
import { parseOptions, runCommand, UsageError } from "./command";
import { openProjectDatabase } from "./project-database";

const usage = `Usage: npm run restore -- FILE [--replace]

Restores an archive of npm run backup: all of it or, if anything is wrong with it, nothing. Stop npm
start first. An older archive is migrated to the current schema afterwards.

  FILE       - is standard input
  --replace  deletes the database's contents; without it the database must be empty
  --help     this text

Exit code 0: restored. 1: it failed, and nothing was changed. 2: wrong usage.`;

/** @returns null when help was requested */
function readOptions(): { readonly file: string; readonly replace: boolean } | null {
  const options = { replace: { type: "boolean", default: false }, help: { type: "boolean" } } as const;
  const { values, positionals } = parseOptions({ options, allowPositionals: true });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError("Name one archive.");
  return { file, replace: values.replace };
}

/** The archive's bytes, inflated; an error of either stream is thrown to the reader. */
function inflate(file: string): AsyncIterable<Uint8Array> {
  const source: Readable = file === "-" ? process.stdin : createReadStream(file);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}

/** zlib is the first to fail on a damaged archive, and its message says little. */
function wordsOf(error: unknown): string {
  if (error instanceof Error && "code" in error && /^Z_/.test(String(error.code))) {
    return `The archive is damaged or truncated (${error.message}): nothing was restored.`;
  }
  return error instanceof Error ? error.message : String(error);
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options === null) {
    console.log(usage);
    return;
  }
  const project = await openProjectDatabase("store-monitoring restore");
  try {
    const { sql } = project.database;
    const { takenAt, rows, tables } = await restoreBackup(project.database, inflate(options.file), options);
    await migrate(project.url);
    await sql`vacuum (analyze)`;
    console.log(JSON.stringify({ file: options.file, taken_at: takenAt, tables: tables.length, rows }));
  } finally {
    await project.close();
  }
}

await runCommand(usage, run, wordsOf);
