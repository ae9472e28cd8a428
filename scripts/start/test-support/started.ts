import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { until } from "@/db/testing/holders";
import { childEnv } from "@/lib/server/env";

const root = join(import.meta.dirname, "..", "..", "..");

/** `npm start`, as a test runs it. */
export interface Started {
  readonly child: ChildProcess;
  readonly exitCode: Promise<number | null>;
  said(): string;
  /** Its address, once it serves. @throws its output, when it does not start */
  address(): Promise<URL>;
}

const all: Started[] = [];

/**
 * Starts the whole product on a data folder.
 * @param port 0 for any free one
 * @param settings additional environment
 */
export function startFor(dataDir: string, port: string, settings: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], {
    cwd: root,
    env: childEnv({
      ...{ DATA_DIR: dataDir, PORT: port, DATABASE_URL: "", LOG_LEVEL: "error", npm_lifecycle_event: "" },
      ...settings,
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const hear = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const started: Started = {
    child,
    exitCode: new Promise<number | null>((resolve) => child.on("close", (code) => resolve(code))),
    said: () => text,
    address: async () => {
      await until(() => /get_report|There is no store/.test(text) || child.exitCode !== null, 300_000);
      const address = /^ {2}(http:\/\/[^/\s]+)$/m.exec(text)?.[1];
      if (address === undefined) throw new Error(`It did not start:\n${text}`);
      return new URL(address);
    },
  };
  all.push(started);
  return started;
}

/** Kills the processes that a test has left running. */
export function stopAll(): void {
  for (const { child } of all) child.kill("SIGKILL");
}
