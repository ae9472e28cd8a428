import { createWriteStream } from "node:fs";
import { access, rename, rm } from "node:fs/promises";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { writeBackup, type BackupResult } from "@/lib/server/backup/write-backup";
import type { Database } from "@/db/client";
import { parseOptions, runCommand } from "./command";
import { openProjectDatabase } from "./project-database";

const usage = `Usage: npm run --silent backup -- [--out FILE]

Writes all data, as of one moment, to a gzip archive for npm run restore. npm start may keep running.

  --out FILE  written completely or not at all, never overwrites a file (backup-<time>.sql.gz); - is standard output
  --help      this text

It contains hashes of passwords and keys: protect it like the database.
Exit code 0: written. 1: it failed. 2: wrong usage.`;

/** @returns null when help was requested */
function readOptions(): { readonly out: string } | null {
  const { values } = parseOptions({ options: { out: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) return null;
  return { out: values.out ?? `backup-${new Date().toISOString().slice(0, 19).replaceAll(":", "-")}.sql.gz` };
}

async function writeFile(database: Database, out: string): Promise<BackupResult> {
  const there = await access(out).then(
    () => true,
    () => false,
  );
  if (there) throw new Error(`${out} already exists. Choose another file.`);
  const partial = `${out}.${process.pid}.partial`;
  const gzip = createGzip();
  const file = createWriteStream(partial, { flags: "wx", flush: true, mode: 0o600 });
  const written = finished(gzip.pipe(file));
  written.catch(() => undefined);
  // A full disk ends the file; the writer of the archive must get the error.
  file.on("error", (error) => gzip.destroy(error));
  try {
    const result = await Promise.race([
      writeBackup(database, gzip),
      written.then(() => Promise.reject(new Error("It ended."))),
    ]);
    gzip.end();
    await written;
    await rename(partial, out);
    return result;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function writeOut(database: Database): Promise<BackupResult> {
  const gzip = createGzip();
  gzip.pipe(process.stdout);
  const result = await writeBackup(database, gzip);
  gzip.end();
  await finished(gzip);
  return result;
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options === null) {
    console.log(usage);
    return;
  }
  const { out } = options;
  const project = await openProjectDatabase("store-monitoring backup");
  try {
    const result = await (out === "-" ? writeOut(project.database) : writeFile(project.database, out));
    const { takenAt, rows, tables } = result;
    if (out === "-") console.error(`${rows} rows of ${tables.length} tables, as of ${takenAt}`);
    else console.log(JSON.stringify({ file: out, taken_at: takenAt, tables: tables.length, rows }));
  } finally {
    await project.close();
  }
}

await runCommand(usage, run);
