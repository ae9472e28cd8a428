import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "@/db/client";
import { acquireBundledDatabase } from "@/db/embedded/keeper-client";
import { databaseUrl } from "@/db/testing/database-url";
import { childEnv } from "@/lib/server/env";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built app answers. */
    appAddress: string;
  }
}

const root = join(import.meta.dirname, "..", "..", "..");
const startMs = 300_000;

/**
 * Starts the built app as `npm start` does, once for all files: web server and worker behind the real front door, on a
 * free port and an empty database of its own. What it logs as an error fails the run: no bad input is a fault of ours.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "store-monitoring-app-"));
  // As root, Postgres runs as another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  const external = process.env.TEST_DATABASE_URL;
  const bundled = external
    ? null
    : await acquireBundledDatabase({ dataDir, role: "cli", throwaway: true, pgBin: process.env.PG_BIN });
  const serverUrl = external ?? bundled?.url ?? "";
  const name = `app_${process.pid}_${Date.now()}`;
  const server = openDatabase(serverUrl, { max: 1, applicationName: "test setup", statementTimeoutMs: 0 });
  await server.sql`create database ${server.sql(name)}`;

  const app = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
    cwd: root,
    env: childEnv({
      ...{ DATABASE_URL: databaseUrl(serverUrl, name), DATA_DIR: dataDir, PORT: "0", HOST: "127.0.0.1" },
      ...{ LOG_LEVEL: "error", npm_lifecycle_event: "", SNAPSHOT_INTERVAL_SECONDS: "2" },
      // What is limited, and how, is tested where the limits are small.
      ...{ RATE_LIMIT_TRIGGER_PER_MINUTE: "0", RATE_LIMIT_INGEST_PER_MINUTE: "0", RATE_LIMIT_IMPORT_PER_HOUR: "0" },
      ...{ RATE_LIMIT_WEBHOOK_PER_MINUTE: "0" },
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
    await server.sql`drop database if exists ${server.sql(name)} with (force)`;
    await server.close();
    await bundled?.release();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const address = new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error(`The app did not start within ${startMs / 1_000} s:\n${said}`));
    }, startMs);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const found = /^ {2}(http:\/\/\S+)$/m.exec(said)?.[1];
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
    project.provide("appAddress", await address);
  } catch (error) {
    await stop();
    throw error;
  }
  return async () => {
    const errors = said.split("\n").filter((line) => /"level":(50|60)/.test(line));
    await stop();
    if (errors.length > 0) throw new Error(`The app logged errors:\n${errors.slice(0, 20).join("\n")}`);
  };
}
