import { existsSync, statfsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { diskFull, explainFileError } from "@/db/start-error";
import { DiskReserve } from "./disk-reserve";
import { type Cluster, type ClusterOptions, prepareCluster, removeCluster } from "./cluster";
import { claimSupervisor, newestSupervisor } from "./supervisor-file";
import { SupervisorServer } from "./supervisor-server";
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

const watchMs = 200;
/** Size of a write-ahead log file, which the server needs to continue. */
const segmentBytes = 16 * 2 ** 20;
/** Pause between two attempts on a full disk. */
const diskPauseMs = 1_000;

/**
 * Owns the bundled database of a data folder while any client is connected. The kernel closes the connection of a
 * client that dies in any way, so clients need not report their end. Resolves when the database has stopped, or
 * at once when another process has claimed the generation.
 */
export async function runSupervisor(options: SupervisorOptions): Promise<void> {
  const server = new SupervisorServer();
  try {
    const file = claimSupervisor(options.dataDir, options.generation, await server.listen());
    if (file === null) return;
    options.log(`supervisor ${options.generation} of ${options.dataDir}, process ${process.pid}`);
    await supervise(options, server, server.open(file, options.signal));
  } finally {
    server.close();
  }
}

/** Runs the database until `allClientsLeft`. If it cannot run, tells the clients why, and waits for their end. */
async function supervise(
  options: SupervisorOptions,
  server: SupervisorServer,
  allClientsLeft: Promise<void>,
): Promise<void> {
  try {
    const cluster = await prepareCluster(options);
    const stopped = allClientsLeft.then(() => true);
    const reserve = new DiskReserve(options.throwaway === true ? null : cluster.folder);
    let postmaster = await startFirst(cluster, options, reserve);
    options.log(`${postmaster.adopted ? "adopted" : "started"} PostgreSQL, process ${postmaster.pid}`);
    const { description } = cluster.binaries;
    server.announce({ url: postmaster.url, description, folder: cluster.folder });
    while (!(await Promise.race([stopped, sleep(watchMs, false)]))) {
      if (isAlive(postmaster.pid)) {
        await reserve.maintain();
        continue;
      }
      options.log(`PostgreSQL, process ${postmaster.pid}, ended by itself: starting it again`);
      const again = await startAgain(cluster, options, postmaster.port, reserve, stopped);
      if (again === null) break;
      postmaster = again;
      server.announce({ url: postmaster.url, description, folder: cluster.folder });
    }
    await shutDown(options, cluster, postmaster);
  } catch (error) {
    const explained = explainFileError(error, options.dataDir, "DATA_DIR");
    const failure = explained instanceof Error ? explained.message : String(explained);
    options.log(`failed: ${failure}`);
    server.announce({ failure });
    await allClientsLeft;
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
