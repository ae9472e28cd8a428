import { spawn } from "node:child_process";
import type { RunAs } from "./run-as";

/** A Postgres program's output, and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

const plainEnv: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
};

/** Options of every Postgres process: its user, and an environment without PG variables. */
export function postgresProcess(runAs: RunAs | null, cwd: string) {
  return {
    cwd,
    ...(runAs ? { uid: runAs.uid, gid: runAs.gid } : {}),
    ...(process.platform === "win32" ? {} : { env: plainEnv }),
  };
}

/** Runs a Postgres program to its end; the output is both streams, in order of arrival. */
export function run(program: string, args: readonly string[], runAs: RunAs | null, cwd: string): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...postgresProcess(runAs, cwd), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const onChunk = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", onChunk);
    child.stderr.on("data", onChunk);
    child.on("error", (error) => {
      resolve({ code: null, output: error.message });
    });
    child.on("close", (code) => {
      resolve({ code, output: output.trim() });
    });
  });
}
