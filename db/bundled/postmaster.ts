import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, fchownSync, openSync, readFileSync, statSync, truncateSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { type Cluster, logTail } from "./cluster";
import { isAlive } from "@/db/is-alive";
import { processesOf, readPostmasterPid, removeStalePid } from "./postmaster-pid";
import { postgresProcess, run } from "./run";

/** A server that responds. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Contains the password: do not log. */
  readonly url: string;
  /** Whether it was already running. */
  readonly adopted: boolean;
}

const startTimeoutMs = 60_000;
const folderGone = "its folder was deleted or moved while it started";
const logLimitBytes = 10_000_000;

/**
 * Ensures that one server runs on the cluster: adopts a running one, or starts one.
 * @param port tried first, so that known addresses stay valid
 * @throws {Error} with Postgres' own message when it does not start
 */
export async function ensurePostmaster(
  cluster: Cluster,
  { port, throwaway = false }: { readonly port?: number; readonly throwaway?: boolean } = {},
): Promise<Postmaster> {
  const deadline = Date.now() + startTimeoutMs;
  let wanted = port;
  for (;;) {
    const running = await adopt(cluster, deadline);
    if (running) return running;
    removeStalePid(cluster.folder);
    const outcome = await start(cluster, wanted ?? (await freePort()), throwaway, deadline);
    if ("pid" in outcome) return outcome;
    const portTaken = /could not bind|Address already in use/i.test(outcome.output);
    // A killed postmaster leaves backends that keep the data locked until their query ends.
    const leftovers = /pre-existing shared memory block|is already in use/i.test(outcome.output);
    const raced = /lock file "postmaster.pid" already exists/.test(outcome.output) && readPostmasterPid(cluster.folder);
    if (Date.now() > deadline || !(portTaken || leftovers || raced)) {
      throw new Error(`PostgreSQL did not start on ${cluster.folder}: ${outcome.output}`);
    }
    if (portTaken) wanted = undefined;
    else await sleep(200);
  }
}

/** Signals of a stop, and how long each is given: a clean stop, one without writing, and a kill. */
const stops = [
  { signal: "SIGINT", timeoutMs: 60_000 },
  { signal: "SIGQUIT", timeoutMs: 10_000 },
  { signal: "SIGKILL", timeoutMs: 10_000 },
] as const;
/** When its folder is deleted there is nothing to write. */
const goneMs = 3_000;

/**
 * Stops a server at once but cleanly: sessions are ended, all data is written. Waits until it has ended. Needs no file,
 * so it works even when the folder is gone.
 */
export async function stopPostmaster(cluster: Cluster, { pid }: Pick<Postmaster, "pid">): Promise<void> {
  if (process.platform === "win32") {
    await run(join(cluster.binaries.bin, "pg_ctl"), ["stop", "-m", "fast", "-D", cluster.folder], null, cluster.folder);
    return;
  }
  for (const { signal, timeoutMs } of stops) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    const since = Date.now();
    while (isAlive(pid) && Date.now() - since < (existsSync(cluster.folder) ? timeoutMs : goneMs)) await sleep(20);
  }
}

async function adopt(cluster: Cluster, deadline: number): Promise<Postmaster | null> {
  for (;;) {
    const found = readPostmasterPid(cluster.folder);
    if (!found || !isAlive(found.pid)) return null;
    if (processesOf(cluster.folder)?.includes(found.pid) === false) return null;
    if (found.port !== null) {
      const url = urlOf(cluster, found.port);
      const answer = await ask(url, cluster.folder);
      if (answer === "ours") return { pid: found.pid, port: found.port, url, adopted: true };
      if (answer === "foreign") return null;
    }
    if (Date.now() > deadline) {
      throw new Error(
        `Process ${found.pid} is a PostgreSQL server on ${cluster.folder}, but it does not respond. Stop it and try again.`,
      );
    }
    await sleep(100);
  }
}

async function start(
  cluster: Cluster,
  port: number,
  throwaway: boolean,
  deadline: number,
): Promise<Postmaster | { readonly output: string }> {
  const logFile = join(cluster.folder, "server.log");
  const logStart = startOfLog(logFile);
  const log = openSync(logFile, "a", 0o600);
  if (cluster.runAs) fchownSync(log, cluster.runAs.uid, cluster.runAs.gid);
  let child: ChildProcess;
  try {
    const args = ["-D", cluster.folder, ...settings(cluster, port, throwaway).flatMap((setting) => ["-c", setting])];
    child = spawn(join(cluster.binaries.bin, "postgres"), args, {
      ...postgresProcess(cluster.runAs, cluster.folder),
      stdio: ["ignore", log, log],
      // In its own process group: Ctrl-C in the terminal must not stop the database before the programs that use it.
      detached: true,
    });
  } finally {
    closeSync(log);
  }
  const ended: { output?: string } = {};
  child.on("error", (error) => {
    ended.output = error.message;
  });
  child.on("exit", () => {
    ended.output = startLog(logFile, logStart);
  });
  child.unref();
  const url = urlOf(cluster, port);
  for (let pauseMs = 10; Date.now() < deadline; pauseMs = Math.min(pauseMs * 1.5, 250)) {
    await sleep(pauseMs);
    if (ended.output !== undefined) return { output: ended.output };
    if (!existsSync(cluster.folder)) break;
    const found = readPostmasterPid(cluster.folder);
    if (found?.pid !== child.pid || found?.port == null) continue;
    if ((await ask(url, cluster.folder)) === "ours") return { pid: found.pid, port, url, adopted: false };
  }
  if (child.pid !== undefined) await stopPostmaster(cluster, { pid: child.pid });
  if (!existsSync(cluster.folder)) return { output: folderGone };
  return { output: `it did not respond within ${startTimeoutMs / 1000} s: ${startLog(logFile, logStart)}` };
}

/** Settings of a PostgreSQL that serves only this product, on the machine where its processes run. */
function settings(cluster: Cluster, port: number, throwaway: boolean): string[] {
  // A Unix socket path may have 107 bytes, and a comma separates folders.
  const socketFits = Buffer.byteLength(cluster.folder) < 85 && !/[",]/.test(cluster.folder);
  return [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    `unix_socket_directories=${socketFits && process.platform !== "win32" ? cluster.folder : ""}`,
    "unix_socket_permissions=0700",
    "max_connections=60",
    "shared_buffers=256MB",
    "work_mem=32MB",
    "maintenance_work_mem=128MB",
    "max_wal_size=2GB",
    "jit=off",
    "client_connection_check_interval=2s",
    "tcp_keepalives_idle=30",
    "tcp_keepalives_interval=10",
    "tcp_keepalives_count=3",
    "timezone=UTC",
    "log_timezone=UTC",
    "log_checkpoints=off",
    ...(throwaway ? ["fsync=off", "synchronous_commit=off", "full_page_writes=off"] : ["synchronous_commit=on"]),
  ];
}

function urlOf(cluster: Cluster, port: number): string {
  return `postgresql://postgres:${cluster.password}@127.0.0.1:${port}/postgres`;
}

/** Whether the server at `url` accepts our password and serves our folder; `silent` while it starts or stops. */
async function ask(url: string, folder: string): Promise<"ours" | "foreign" | "silent"> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined });
  try {
    const [row] = await sql<{ folder: string }[]>`select current_setting('data_directory') as folder`;
    return row?.folder === folder ? "ours" : "foreign";
  } catch (error) {
    return error instanceof postgres.PostgresError && error.code.startsWith("28") ? "foreign" : "silent";
  } finally {
    await sql.end({ timeout: 0 });
  }
}

/** A port of the loopback interface that is free at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address && typeof address === "object") resolve(address.port);
        else reject(new Error("the system assigned no port"));
      });
    });
  });
}

function startOfLog(logFile: string): number {
  try {
    const { size } = statSync(logFile);
    if (size <= logLimitBytes) return size;
    truncateSync(logFile);
  } catch {
    // the first start
  }
  return 0;
}

function startLog(logFile: string, from: number): string {
  try {
    return logTail(readFileSync(logFile).subarray(from).toString());
  } catch {
    return folderGone;
  }
}
