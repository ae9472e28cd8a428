import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { diskFull, explainFileError, isDiskFullAt } from "@/db/start-error";
import { type ClusterOptions, logTail } from "./cluster";
import { newestSupervisor } from "./supervisor-file";

const projectRoot = join(import.meta.dirname, "..", "..");
const claimMs = 30_000;

/**
 * Starts a supervisor that tries to be the one of that number, and waits until somebody is. The process outlives this one.
 * @throws {Error} with what it said, where it ended and nobody became the supervisor
 */
export async function spawnSupervisor(options: ClusterOptions, generation: number): Promise<void> {
  const logFile = join(options.dataDir, "keeper.log");
  const log = openLog(options.dataDir, logFile);
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const ended: { how?: string } = {};
  try {
    const child = spawn(
      process.execPath,
      [
        ...["--import", pathToFileURL(tsx).href, join(projectRoot, "scripts", "supervisor.ts")],
        ...["--data-dir", options.dataDir, "--generation", String(generation)],
        ...(options.pgBin === undefined ? [] : ["--pg-bin", options.pgBin]),
        ...(options.throwaway === true ? ["--throwaway"] : []),
      ],
      { cwd: projectRoot, detached: true, stdio: ["ignore", log, log] },
    );
    child.on("error", (error) => {
      ended.how = error.message;
    });
    child.on("exit", () => {
      ended.how ??= wordsOf(logFile);
    });
    child.unref();
  } finally {
    closeSync(log);
  }
  const deadline = Date.now() + claimMs;
  while ((newestSupervisor(options.dataDir)?.generation ?? 0) < generation) {
    if (ended.how !== undefined) {
      // The log lies on the same disk.
      if (isDiskFullAt(options.dataDir)) throw diskFull(options.dataDir, ended.how);
      throw new Error(`The supervisor of the database did not start: ${ended.how}`);
    }
    if (Date.now() > deadline) throw new Error(`The supervisor of the database did not start within ${claimMs / 1000} s.`);
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

/** The supervisor may have ended long after we stopped to wait for it, and its folder with it. */
function wordsOf(logFile: string): string {
  try {
    return logTail(readFileSync(logFile, "utf8"));
  } catch {
    return "it left no log";
  }
}
