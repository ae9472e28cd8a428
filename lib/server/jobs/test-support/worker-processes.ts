import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach } from "vitest";
import { bundleScript } from "@/db/testing/bundle-script";
import type { testDb } from "@/db/testing/test-db";

const root = join(import.meta.dirname, "../../../..");

/** Waits for the effect of a worker; the test's own time limit ends the wait. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(20);
}

/** Gives the tests of a file workers in their own processes, which end with each test. */
export function workerProcesses(database: ReturnType<typeof testDb>) {
  const running = new Set<ChildProcess>();
  afterEach(() => {
    for (const worker of running) worker.kill("SIGKILL");
    running.clear();
  });

  const start = (): ChildProcess => {
    const worker = fork(bundleScript("scripts/worker.ts"), {
      cwd: root,
      execArgv: [],
      env: { NODE_ENV: "test", DATABASE_URL: database().url, LOG_LEVEL: "silent" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    running.add(worker);
    return worker;
  };

  const kill = async (worker: ChildProcess): Promise<void> => {
    worker.kill("SIGKILL");
    await once(worker, "exit");
  };

  /** Kills a worker while it waits, inside its transaction, for a table that the test has locked. */
  const killAt = async (
    table: string,
    query: string,
    whileItWaits: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> => {
    const { sql } = database();
    const sessions = sql`
      select wait_event_type, query from pg_stat_activity
      where datname = current_database() and application_name = 'store-monitoring worker'`;
    await sql.begin(async (tx) => {
      await tx`lock table ${tx(table)} in share mode`;
      const worker = start();
      await until(async () => {
        const waiting = await sql`
          select from (${sessions}) as sessions where wait_event_type = 'Lock' and query like ${`%${query}%`}`;
        return waiting.length > 0;
      });
      await whileItWaits();
      await kill(worker);
    });
    // The server notices that its client is gone and rolls back.
    await until(async () => (await sql`${sessions}`).length === 0);
  };

  return { start, kill, killAt };
}
