import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { databaseUrl } from "@/db/testing/database-url";
import { childEnv } from "@/lib/server/env";
import { bundledProgram } from "@/scripts/start/program";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const startMs = 300_000;
const program = bundledProgram("start");

/** The built app as `npm start` runs it: web server and worker with real request validation, on a free port. */
export interface BuiltApp {
  readonly address: string;
  /** All of its output so far, including its log. */
  said(): string;
  /** Stops it, and its database. */
  stop(): Promise<void>;
}

export interface BuiltAppOptions {
  /** In addition to the settings of every test's app. */
  readonly settings: Readonly<Record<string, string>>;
  /** Fills the empty database at this address before the start. */
  readonly prepare?: (url: string) => Promise<void>;
}

/**
 * Starts the built app on a database of its own.
 * @param serverUrl of a PostgreSQL on which it may be created
 */
export async function startBuiltApp(serverUrl: string, { settings, prepare }: BuiltAppOptions): Promise<BuiltApp> {
  const dataDir = mkdtempSync(join(tmpdir(), "store-monitoring-app-"));
  // As root, Postgres runs as another user, who needs access.
  chmodSync(dataDir, 0o711);
  const name = `app_${process.pid}_${Date.now()}_${Math.floor(Math.random() * 1e6)}`;
  const server = openDatabase(serverUrl, { max: 1, applicationName: "test setup", statementTimeoutMs: 0 });
  await server.sql`create database ${server.sql(name)}`;
  const dropDatabase = async (): Promise<void> => {
    await server.sql`drop database if exists ${server.sql(name)} with (force)`;
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const url = databaseUrl(serverUrl, name);
  try {
    await prepare?.(url);
  } catch (error) {
    await dropDatabase();
    throw error;
  }

  const app = spawn(process.execPath, [...program.nodeArgs, program.file], {
    cwd: root,
    env: childEnv({
      ...{ DATABASE_URL: url, DATA_DIR: dataDir, PORT: "0", HOST: "127.0.0.1" },
      ...{ LOG_LEVEL: "error", npm_lifecycle_event: "", SNAPSHOT_INTERVAL_SECONDS: "2" },
      // Limits are tested separately, where they are small.
      ...{ RATE_LIMIT_TRIGGER_PER_MINUTE: "0", RATE_LIMIT_INGEST_PER_MINUTE: "0", RATE_LIMIT_IMPORT_PER_HOUR: "0" },
      // Handwritten requests go to hosts with these names.
      ...{ RATE_LIMIT_WEBHOOK_PER_MINUTE: "0", ALLOWED_HOSTS: "x,a,app" },
      ...settings,
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ended = new Promise<void>((resolve) => {
    app.once("close", () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    app.kill("SIGTERM");
    await ended;
    await dropDatabase();
  };
  const address = new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error(`The app did not start within ${startMs / 1_000} s:\n${said}`));
    }, startMs);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /^ {2}(http:\/\/[^/\s]+)$/m.exec(said)?.[1];
      if (found === undefined) return;
      clearTimeout(limit);
      resolve(found);
    };
    app.stdout.on("data", hear);
    app.stderr.on("data", hear);
    app.once("exit", (code) => {
      clearTimeout(limit);
      reject(new Error(`The app ended with ${code ?? "a signal"}:\n${said}`));
    });
  });
  try {
    return { address: await address, said: () => said, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
