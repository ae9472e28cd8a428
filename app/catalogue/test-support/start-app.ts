import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { acquireBundledDatabase } from "@/db/embedded/keeper-client";
import { startBuiltApp } from "./built-app";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the built app answers. */
    appAddress: string;
    /** A PostgreSQL on which an app of a test's own may have its database. */
    appServerUrl: string;
  }
}

async function startServer() {
  const dataDir = mkdtempSync(join(tmpdir(), "store-monitoring-app-"));
  // As root, Postgres runs as another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  return acquireBundledDatabase({ dataDir, role: "cli", throwaway: true, pgBin: process.env.PG_BIN });
}

/**
 * Starts the built app, open to all, once for all files. What it logs as an error fails the run: no bad input is a fault
 * of ours.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.TEST_DATABASE_URL;
  const bundled = external ? null : await startServer();
  const serverUrl = external ?? bundled?.url ?? "";
  try {
    const app = await startBuiltApp(serverUrl, { settings: {} });
    project.provide("appAddress", app.address);
    project.provide("appServerUrl", serverUrl);
    return async () => {
      const errors = app
        .said()
        .split("\n")
        .filter((line) => /"level":("error"|"fatal")/.test(line));
      await app.stop();
      await bundled?.release();
      if (errors.length > 0) throw new Error(`The app logged errors:\n${errors.slice(0, 20).join("\n")}`);
    };
  } catch (error) {
    await bundled?.release();
    throw error;
  }
}
