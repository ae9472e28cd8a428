import { type ChildProcess, fork } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { childEnv } from "@/lib/server/env";
import { bundlePrograms } from "./bundle";
import { hashSources } from "./sources";

const root = process.cwd();
const buildId = join(root, ".next", "BUILD_ID");
const mark = join(root, ".next", "sources.sha256");

/**
 * Builds the pages and bundles the programs unless there is a build of the same sources. An interrupted build leaves no mark, so the next start
 * repeats it.
 * @returns whether it built   @throws {Error} with the output of the build
 */
export async function ensureBuild(signal: AbortSignal, onStart: () => void): Promise<boolean> {
  const hash = hashSources(root);
  if (readMark() === hash) return false;
  onStart();
  for (const file of [mark, buildId]) rmSync(file, { force: true });
  await build(signal, hash.slice(0, 16));
  await bundlePrograms(root);
  writeFileSync(mark, hash);
  return true;
}

function readMark(): string | null {
  try {
    return existsSync(buildId) ? readFileSync(mark, "utf8") : null;
  } catch {
    return null;
  }
}

/** @param name of the build, which next.config.mjs reads here and, later, at the front of the mark */
function build(signal: AbortSignal, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = fork(join(root, "node_modules", "next", "dist", "bin", "next"), ["build"], {
      cwd: root,
      execArgv: ["--import", join(root, "scripts", "start", "exit-with-parent.mjs")],
      env: childEnv({ NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", BUILD_NAME: name }),
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    let output = "";
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    const stop = () => child.kill("SIGKILL");
    signal.addEventListener("abort", stop, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      signal.removeEventListener("abort", stop);
      if (code === 0 && existsSync(buildId)) resolve();
      else reject(new Error(signal.aborted ? "The build was stopped." : `The build failed.\n${output.trim()}`));
    });
  });
}
