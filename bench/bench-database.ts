import { createReadStream } from "node:fs";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { type Database, openDatabase, type Sql } from "@/db/client";
import { acquireBundledDatabase } from "@/db/bundled";
import { migrate } from "@/db/migrate";

/** A bundled server for the bench, with production settings: a commit is on disk. */
export interface BenchServer {
  readonly description: string;
  /** Creates a migrated, empty database. */
  create(name: string): Promise<BenchDatabase>;
  /** Creates a database without tables. @returns its address */
  createEmpty(name: string): Promise<string>;
  stop(): Promise<void>;
}

export type BenchDatabase = Database & {
  readonly url: string;
  /** Flushes dirty pages, so that no row of the bench pays for the one before it. */
  settle(): Promise<void>;
  drop(): Promise<void>;
};

const options = { max: 4, applicationName: "bench", statementTimeoutMs: 0 } as const;

export async function startBenchServer(dataDir: string, pgBin: string | undefined): Promise<BenchServer> {
  const bundled = await acquireBundledDatabase({ dataDir, pgBin, role: "cli" });
  const server = openDatabase(bundled.url, { ...options, max: 1 });
  const createEmpty = async (name: string): Promise<string> => {
    await server.sql`create database ${server.sql(name)}`;
    const url = new URL(bundled.url);
    url.pathname = `/${name}`;
    return url.href;
  };
  return {
    description: bundled.description,
    createEmpty,
    create: async (name) => {
      const url = await createEmpty(name);
      await migrate(url);
      const database = openDatabase(url, options);
      return Object.assign(database, {
        url,
        settle: async () => {
          await server.sql`checkpoint`;
        },
        drop: async () => {
          await database.close();
          await server.sql`drop database ${server.sql(name)} with (force)`;
        },
      });
    },
    stop: async () => {
      await server.close();
      await bundled.release();
    },
  };
}

/** Runs `copy … to stdout` and discards the output. @returns bytes */
export async function copyOut(sql: Sql, query: string): Promise<number> {
  const output = await sql.unsafe(`copy (${query}) to stdout (format binary)`).readable();
  let bytes = 0;
  output.on("data", (chunk: Buffer) => (bytes += chunk.length));
  await once(output, "end");
  return bytes;
}

/** Sends a file of COPY data unchanged. */
export async function copyIn(sql: Sql, statement: string, file: string): Promise<void> {
  const input = await sql.unsafe(statement).writable();
  createReadStream(file, { highWaterMark: 1024 * 1024 }).pipe(input);
  await finished(input);
}
