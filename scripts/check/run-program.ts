import { spawn } from "node:child_process";
import { childEnv } from "@/lib/server/env";

export interface Outcome {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a program to its end, or until `signal` aborts, and captures its output. */
export function runProgram(file: string, args: readonly string[], signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      env: childEnv({ NEXT_TELEMETRY_DISABLED: "1", FORCE_COLOR: "0" }),
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      signal,
    });
    let output = "";
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", (error) => {
      resolve({ ok: false, output: error.message });
    });
    child.on("close", (code) => {
      resolve({ ok: code === 0, output: output.trim() });
    });
  });
}
