import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser";

const root = join(import.meta.dirname, "..");
const startMs = 300_000;

/**
 * Finds the browser and starts the app on a free port with a folder of its own. Commands that a spec runs
 * (`npm run import`) find the same database, by `DATA_DIR`.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const browser = findBrowser();
  process.env.E2E_CHROMIUM = browser.executablePath;
  process.env.E2E_CHROMIUM_ENV = JSON.stringify(browser.env);
  const dataDir = mkdtempSync(join(tmpdir(), "store-monitoring-e2e-"));
  // As root, Postgres runs as another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  process.env.DATA_DIR = dataDir;
  delete process.env.DATABASE_URL;
  const app = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
    cwd: root,
    env: { ...process.env, PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "warn", SNAPSHOT_INTERVAL_SECONDS: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stop = async () => {
    await end(app);
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    process.env.E2E_ADDRESS = await addressOf(app);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** Waits for the last lines of the start, by which time the demo data is there. */
function addressOf(app: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const limit = setTimeout(() => {
      reject(new Error(`The app did not start within ${startMs / 1000} s:\n${said}`));
    }, startMs);
    app.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const address = /^ {2}(http:\/\/\S+)$/m.exec(said);
      if (!address?.[1] || !/get_report|There is no store/.test(said)) return;
      clearTimeout(limit);
      resolve(address[1]);
    });
    app.on("exit", (code) => {
      clearTimeout(limit);
      reject(new Error(`The app ended with ${code}:\n${said}`));
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
