import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundledProgram } from "@/scripts/start/program";

const root = join(import.meta.dirname, "..", "..");
const startMs = 300_000;

/** The instant of the pictures in docs/screenshots: a Wednesday afternoon in New York. */
export const pictured = "2026-01-28T20:03:00Z";

/** The built app, as `npm start` runs it. */
export interface StartedApp {
  readonly address: string;
  readonly dataDir: string;
  /** Output of the start so far. */
  said(): string;
  /** Log of its processes so far, one JSON object per line. */
  logged(): string;
  stop(): Promise<void>;
}

/**
 * Starts the app on a free port, with a folder and a database of its own.
 * @param settings in addition to the settings of every test's app
 * @param isReady whether its output is complete
 */
export async function startApp(
  settings: Readonly<Record<string, string>>,
  isReady: (said: string) => boolean,
): Promise<StartedApp> {
  const dataDir = mkdtempSync(join(tmpdir(), "store-monitoring-e2e-"));
  // As root, Postgres runs as another user, who needs access.
  chmodSync(dataDir, 0o711);
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...{ PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "warn", SNAPSHOT_INTERVAL_SECONDS: "1" },
    ...{ DATA_DIR: dataDir, DATABASE_URL: "" },
    ...settings,
  };
  const { file, nodeArgs } = bundledProgram("start");
  const app = spawn(process.execPath, [...nodeArgs, file], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let logged = "";
  app.stderr.on("data", (chunk: Buffer) => {
    logged += chunk.toString();
    process.stderr.write(chunk);
  });
  app.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  const stop = async () => {
    await end(app);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(app, () => said, isReady);
    return { address, dataDir, said: () => said, logged: () => logged, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressOf(app: ChildProcess, said: () => string, isReady: (said: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error(`The app did not start within ${startMs / 1000} s:\n${said()}`));
    }, startMs);
    app.stdout?.on("data", () => {
      const address = /^ {2}(http:\/\/[^/\s]+)\/?$/m.exec(said());
      if (!address?.[1] || !isReady(said())) return;
      clearTimeout(limit);
      resolve(address[1]);
    });
    app.on("exit", (code) => {
      clearTimeout(limit);
      reject(new Error(`The app ended with ${code}:\n${said()}`));
    });
  });
}

function end(app: ChildProcess): Promise<void> {
  if (app.exitCode !== null || app.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    app.once("exit", () => {
      resolve();
    });
    app.kill("SIGTERM");
  });
}
