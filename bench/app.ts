import { type BenchProcess, startScript } from "./bench-app";
import type { BenchDatabase } from "./bench-database";

export interface App {
  readonly port: number;
  readonly web: BenchProcess;
  readonly worker: BenchProcess;
  stop(): Promise<void>;
}

/** Starts the web server and the worker, and waits for the fleet's snapshot. */
export async function startApp(database: BenchDatabase): Promise<App> {
  const web = startScript("web", database.url);
  const worker = startScript("worker", database.url);
  const stop = async (): Promise<void> => {
    await Promise.all([web.process.stop(), worker.process.stop()]);
  };
  const { port = 0 } = await web.ready;
  await worker.ready;
  await waitForSnapshot(database);
  return { port, web: web.process, worker: worker.process, stop };
}

/** Waits until the worker has made the fleet's snapshot of the newest data, and has vacuumed its rows. */
async function waitForSnapshot({ sql }: BenchDatabase): Promise<void> {
  for (;;) {
    const fresh = await sql`
      select from reports, fleet_state, pg_stat_user_tables
      where origin = 'snapshot' and state = 'complete' and reports.data_version = fleet_state.data_version
        and relname = 'fleet_rows' and greatest(last_analyze, last_autoanalyze) > reports.finished_at`;
    if (fresh.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
