import { startScript } from "@/bench/bench-app";
import type { BenchServer } from "@/bench/bench-database";
import type { BenchFleet } from "@/bench/bench-fleet";

/** Another build of the product, with the same fleet in its own database. */
export interface OtherBuild {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the web server and the worker of another checkout.
 * @param folder with its packages and its build
 */
export async function startOtherBuild(
  server: BenchServer,
  folder: string,
  { timezonesCsv, hoursCsv, pollsCsv }: BenchFleet,
  settings: Readonly<Record<string, string>>,
): Promise<OtherBuild> {
  const url = await server.createEmpty("bench_other");
  const args = ["--timezones", timezonesCsv, "--hours", hoursCsv, "--polls", pollsCsv];
  const loading = startScript("import", url, { args, folder, quiet: true });
  await loading.ready.catch(() => undefined);
  const { exitCode } = loading.process.child;
  if (exitCode !== 0) throw new Error(`The import of ${folder} ended with ${String(exitCode)}.`);
  const web = startScript("web", url, { settings, folder, quiet: true });
  const worker = startScript("worker", url, { settings, folder, quiet: true });
  const { port = 0 } = await web.ready;
  await worker.ready;
  return {
    port,
    stop: async () => {
      await Promise.all([web.process.stop(), worker.process.stop()]);
    },
  };
}
