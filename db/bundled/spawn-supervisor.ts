import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { diskFull, explainFileError, isDiskFullAt } from "@/db/start-error";
import { type ClusterOptions, logTail } from "./cluster";
import { newestSupervisor } from "./supervisor-file";

const projectRoot = process.cwd();
const claimMs = 30_000;

export interface SpawnOptions extends ClusterOptions {
  /** For tests: a bundle of scripts/supervisor.ts, which starts sooner than the source. */
  readonly supervisorFile?: string;
}

/**
 * Starts a supervisor that tries to claim a generation, and waits until some process has claimed it. The supervisor
 * outlives this process.
 * @throws {Error} with its output when it ended and no process claimed the generation
 */
export async function spawnSupervisor(options: SpawnOptions, generation: number): Promise<void> {
  const logFile = join(options.dataDir, "keeper.log");
  const log = openLog(options.dataDir, logFile);
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const source = ["--import", tsx, join(projectRoot, "scripts", "supervisor.ts")];
  const ended: { reason?: string } = {};
  try {
    const child = spawn(
      process.execPath,
      [
        ...(options.supervisorFile === undefined ? source : [options.supervisorFile]),
        ...["--data-dir", options.dataDir, "--generation", String(generation)],
        ...(options.pgBin === undefined ? [] : ["--pg-bin", options.pgBin]),
        ...(options.throwaway === true ? ["--throwaway"] : []),
      ],
      { cwd: projectRoot, detached: true, stdio: ["ignore", log, log] },
    );
    child.on("error", (error) => {
      ended.reason = error.message;
    });
    child.on("exit", () => {
      ended.reason ??= exitReason(logFile);
    });
    child.unref();
  } finally {
    closeSync(log);
  }
  const deadline = Date.now() + claimMs;
  while ((newestSupervisor(options.dataDir)?.generation ?? 0) < generation) {
    if (ended.reason !== undefined) {
      // The log is on the same disk.
      if (isDiskFullAt(options.dataDir)) throw diskFull(options.dataDir, ended.reason);
      throw new Error(`The supervisor of the database did not start: ${ended.reason}`);
    }
    if (Date.now() > deadline)
      throw new Error(`The supervisor of the database did not start within ${claimMs / 1000} s.`);
    await sleep(20);
  }
}

function openLog(dataDir: string, file: string): number {
  try {
    return openSync(file, "a", 0o600);
  } catch (cause) {
    throw explainFileError(cause, dataDir, "DATA_DIR");
  }
}

/** The end of the supervisor's log. It may have ended long after we stopped waiting, and its folder may be gone. */
function exitReason(logFile: string): string {
  try {
    return logTail(readFileSync(logFile, "utf8"));
  } catch {
    return "it left no log";
  }
}
