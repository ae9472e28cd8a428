import { type ChildProcess, fork } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { isAlive } from "@/db/is-alive";
import { newestSupervisor } from "@/db/bundled/supervisor-file";
import { readPostmasterPid } from "@/db/bundled/postmaster-pid";
import { bundleScript } from "./bundle-script";

/** A process that holds the bundled database of a folder. */
export interface Holder {
  readonly child: ChildProcess;
  /** Null when it did not get it. */
  readonly url: string | null;
  readonly failure: string | null;
  release(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts such a process and waits until it has the database or was refused. */
export function hold(dataDir: string, role: "start" | "cli" = "cli"): Promise<Holder> {
  const supervisorFile = bundleScript("scripts/supervisor.ts");
  const child = fork(bundleScript("db/testing/hold-database.ts"), [dataDir, role, supervisorFile], { execArgv: [] });
  const exited = new Promise<void>((resolve) =>
    child.once("exit", () => {
      resolve();
    }),
  );
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => {
      reject(new Error(`The holder ended with ${code}.`));
    });
    child.once("message", (message: { readonly url?: string; readonly failed?: string }) => {
      resolve({
        child,
        url: message.url ?? null,
        failure: message.failed ?? null,
        release: () => {
          child.send("release");
          return exited;
        },
        kill: () => {
          child.kill("SIGKILL");
          return exited;
        },
      });
    });
  });
}

/** A data folder that Postgres can access as any user. */
export function makeDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), "store-monitoring-bundled-"));
  chmodSync(folder, 0o711);
  return folder;
}

/** Ends the processes that still run on the folder, and deletes it. */
export async function removeDataDir(dataDir: string): Promise<void> {
  if (!existsSync(dataDir)) return;
  const pids = [newestSupervisor(dataDir)?.pid, postmasterOf(dataDir)].filter(
    (pid) => pid !== undefined && isAlive(pid),
  );
  for (const pid of pids) if (pid !== undefined) process.kill(pid, "SIGINT");
  await until(() => pids.every((pid) => pid === undefined || !isAlive(pid)));
  rmSync(dataDir, { recursive: true, force: true });
}

export function postmasterOf(dataDir: string): number | undefined {
  return readPostmasterPid(join(dataDir, "pg"))?.pid;
}

export function supervisorOf(dataDir: string): number {
  return newestSupervisor(dataDir)?.pid ?? 0;
}

/** Waits for a condition; fails after far more time than it should take. */
export async function until(holds: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come about within ${timeoutMs / 1000} s.`);
    await sleep(20);
  }
}

/** Runs one query over its own connection. */
export async function query(url: string | null, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url ?? "", { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(text))] as Record<string, unknown>[];
  } finally {
    await sql.end({ timeout: 1 });
  }
}
