import { existsSync, statfsSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { diskFull, explainFileError } from "@/db/start-error";
import { DiskReserve } from "./disk-reserve";
import { type Cluster, type ClusterOptions, prepareCluster, removeCluster } from "./cluster";
import { claimSupervisor, type SupervisorFile, newestSupervisor } from "./supervisor-file";
import { type SupervisorMessage, onMessage, send } from "./supervisor-protocol";
import { ensurePostmaster, type Postmaster, stopPostmaster } from "./postmaster";
import { isAlive } from "@/db/is-alive";
import { readPostmasterPid } from "./postmaster-pid";

export interface SupervisorOptions extends ClusterOptions {
  /** The generation to claim: one more than that of the dead supervisor. */
  readonly generation: number;
  readonly log: (line: string) => void;
  /** Ends the supervisor and its database, even while it is used. */
  readonly signal: AbortSignal;
}

const firstClientMs = 15_000;
const watchMs = 200;
/** Size of a write-ahead log file, which the server needs to continue. */
const segmentBytes = 16 * 2 ** 20;
/** Pause between two attempts on a full disk. */
const diskPauseMs = 1_000;

/**
 * Owns the bundled database of a data folder while any client is connected. The kernel closes the connection of a
 * client that dies, however it dies, so clients need not report their end. Resolves when the database has stopped, or
 * at once when another process has claimed the generation.
 */
export async function runSupervisor(options: SupervisorOptions): Promise<void> {
  const ipc = new IpcServer();
  const port = await ipc.listen();
  const file = claimSupervisor(options.dataDir, options.generation, port);
  if (!file) return;
  options.log(`supervisor ${options.generation} of ${options.dataDir}, process ${process.pid}`);
  const deserted = ipc.open(file, options.signal);
  try {
    const cluster = await prepareCluster(options);
    const stopped = deserted.then(() => true);
    const reserve = new DiskReserve(options.throwaway === true ? null : cluster.folder);
    let postmaster = await startFirst(cluster, options, reserve);
    options.log(`${postmaster.adopted ? "adopted" : "started"} PostgreSQL, process ${postmaster.pid}`);
    const { description } = cluster.binaries;
    ipc.announce({ url: postmaster.url, description, folder: cluster.folder });
    while (!(await Promise.race([stopped, sleep(watchMs, false)]))) {
      if (isAlive(postmaster.pid)) {
        await reserve.maintain();
        continue;
      }
      options.log(`PostgreSQL, process ${postmaster.pid}, ended by itself: starting it again`);
      const again = await startAgain(cluster, options, postmaster.port, reserve, stopped);
      if (again === null) break;
      postmaster = again;
      ipc.announce({ url: postmaster.url, description, folder: cluster.folder });
    }
    await shutDown(options, cluster, postmaster);
  } catch (error) {
    const explained = explainFileError(error, options.dataDir, "DATA_DIR");
    const failure = explained instanceof Error ? explained.message : String(explained);
    options.log(`failed: ${failure}`);
    ipc.announce({ failure });
    await deserted;
  } finally {
    ipc.close();
  }
}

/** Adopts or starts the server. On a full disk it deletes the reserve; without one it fails, saying what to do. */
async function startFirst(cluster: Cluster, options: SupervisorOptions, reserve: DiskReserve): Promise<Postmaster> {
  for (;;) {
    try {
      return await ensurePostmaster(cluster, options);
    } catch (error) {
      if (!isDiskFullError(error, cluster)) throw error;
      if (!(await reserve.drop())) throw new Error(diskFullMessage(cluster), { cause: error });
      options.log("deleted the disk reserve");
    }
  }
}

/**
 * Restarts a server that ended by itself. A server that ended on a full disk needs space to start, so the reserve is
 * deleted, and the start is retried until there is space. @returns null when no client needs it any more
 */
async function startAgain(
  cluster: Cluster,
  options: SupervisorOptions,
  port: number,
  reserve: DiskReserve,
  stopped: Promise<boolean>,
): Promise<Postmaster | null> {
  for (let tries = 0; ; tries++) {
    try {
      return await ensurePostmaster(cluster, { ...options, port });
    } catch (error) {
      if (!isDiskFullError(error, cluster)) throw error;
      if (tries === 0) options.log(diskFullMessage(cluster));
      if (await reserve.drop()) options.log("deleted the disk reserve");
      else if (await Promise.race([stopped, sleep(diskPauseMs, false)])) return null;
    }
  }
}

const diskFullMessage = ({ folder }: Cluster): string => diskFull(folder, null).message;

/**
 * Whether a start failed for lack of space. The server's message may be cut short, because it is written to the same
 * disk.
 */
function isDiskFullError(error: unknown, { folder }: Cluster): boolean {
  if (error instanceof Error && /No space left on device/i.test(error.message)) return true;
  if (!existsSync(folder)) return false;
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < segmentBytes;
}

async function shutDown(options: SupervisorOptions, cluster: Cluster, postmaster: Postmaster): Promise<void> {
  // If our file was deleted, there may be a successor whose clients still need the database.
  if (isTakenOver(options.dataDir, cluster, postmaster)) return;
  await stopPostmaster(cluster, postmaster);
  options.log("stopped PostgreSQL");
  if (options.throwaway === true) removeCluster(options.dataDir, cluster);
}

/** Whether another supervisor has adopted our server. If the folder is gone or was replaced, none has. */
function isTakenOver(dataDir: string, { folder }: Cluster, { pid }: Postmaster): boolean {
  try {
    const newest = newestSupervisor(dataDir);
    if (newest === null || newest.pid === process.pid || !isAlive(newest.pid)) return false;
    return readPostmasterPid(folder)?.pid === pid;
  } catch {
    return false;
  }
}

/** Accepts clients, counts them, and tells them the state of the database. */
class IpcServer {
  private readonly server = createServer({ allowHalfOpen: true }, (socket) => {
    this.receive(socket);
  });
  private readonly sockets = new Set<Socket>();
  private readonly clients = new Set<Socket>();
  private starter: { readonly pid: number; address: string | null } | null = null;
  private status: SupervisorMessage | null = null;
  private file: SupervisorFile | null = null;
  private leave: () => void = () => undefined;

  /** Starts to listen; responds to no one before `open`. */
  listen(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.on("error", reject);
      this.server.listen(0, "127.0.0.1", () => {
        const address = this.server.address();
        if (address && typeof address === "object") resolve(address.port);
      });
    });
  }

  /** Resolves when the last client has left, when none came in time, or on `signal`. */
  open(file: SupervisorFile, signal: AbortSignal): Promise<void> {
    this.file = file;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        if (this.clients.size === 0) this.leave();
      }, firstClientMs);
      this.leave = () => {
        clearTimeout(timer);
        this.status = { closing: true };
        resolve();
      };
      signal.addEventListener("abort", this.leave, { once: true });
    });
  }

  announce(status: SupervisorMessage): void {
    if (this.status && "closing" in this.status) return;
    this.status = status;
    for (const client of this.clients) send(client, status);
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }

  private receive(socket: Socket): void {
    let known = false;
    let starter: typeof this.starter = null;
    this.sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    const drop = () => {
      if (starter !== null && this.starter === starter) this.starter = null;
      if (this.clients.delete(socket) && this.clients.size === 0) this.leave();
    };
    const timeout = setTimeout(() => socket.destroy(), 5_000);
    socket.on("close", () => {
      clearTimeout(timeout);
      this.sockets.delete(socket);
      drop();
    });
    // A client that leaves in order closes its half, and our half closes when the database has stopped or is still in
    // use.
    socket.on("end", () => {
      drop();
      if (this.clients.size > 0 || !known) socket.end();
    });
    onMessage(socket, (message) => {
      if (known) {
        if (starter && typeof message.address === "string") starter.address = message.address;
        return;
      }
      if (!this.file || message.token !== this.file.token || typeof message.pid !== "number") {
        socket.destroy();
        return;
      }
      known = true;
      clearTimeout(timeout);
      send(socket, { proof: this.file.proof });
      if (this.status && "closing" in this.status) {
        send(socket, this.status);
        return;
      }
      if (message.role === "start" && this.starter) {
        send(socket, { refused: this.starter });
        return;
      }
      if (message.role === "start") this.starter = starter = { pid: message.pid, address: null };
      this.clients.add(socket);
      send(socket, { accepted: true });
      if (this.status) send(socket, this.status);
    });
  }
}
