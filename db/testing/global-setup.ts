import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "@/db/client";
import { acquireBundledDatabase } from "@/db/bundled";
import { migrate } from "@/db/migrate";
import { bundleScript } from "./bundle-script";
import { databaseUrl } from "./database-url";

declare module "vitest" {
  interface ProvidedContext {
    /** URL of a maintenance database in which no test works. */
    testServerUrl: string;
    /** Name of the migrated database that each file clones. */
    testTemplate: string;
  }
}

/**
 * Starts a Postgres for the run, which ends with it even if it is killed, and creates the migrated template that
 * `testDb` clones. `TEST_DATABASE_URL` names another server to use; its user must be allowed to create databases.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const external = process.env.TEST_DATABASE_URL;
  const bundled = external ? null : await startBundled();
  const serverUrl = external ?? bundled?.url ?? "";
  const template = `template_${process.pid}_${Date.now()}`;
  const server = openDatabase(serverUrl, { max: 1, applicationName: "test setup", statementTimeoutMs: 0 });
  await server.sql`create database ${server.sql(template)}`;
  await migrate(databaseUrl(serverUrl, template));
  project.provide("testServerUrl", serverUrl);
  project.provide("testTemplate", template);
  return async () => {
    await server.sql`drop database ${server.sql(template)} with (force)`;
    await server.close();
    await bundled?.release();
  };
}

async function startBundled() {
  const dataDir = mkdtempSync(join(tmpdir(), "store-monitoring-test-"));
  // As root, Postgres runs as another user, who needs access.
  chmodSync(dataDir, 0o711);
  const supervisorFile = bundleScript("scripts/supervisor.ts");
  return acquireBundledDatabase({ dataDir, role: "cli", throwaway: true, pgBin: process.env.PG_BIN, supervisorFile });
}
