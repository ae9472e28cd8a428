import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { isAlive } from "@/db/is-alive";
import { reserveFile } from "./disk-reserve";
import { processesOf, readPostmasterPid } from "./postmaster-pid";
import { canTraverse, type RunAs } from "./run-as";

/**
 * For root's clusters: Postgres does not run as root, and other users may not have access to the project's own folder.
 */
export const systemFolder = "/var/lib/embedded-pg";

const linkOf = (dataDir: string): string => join(dataDir, "pg");
const recordOf = (folder: string): string => `${folder}.project`;

/**
 * The cluster of a data folder, which need not exist yet: `pg` in it, or a folder in the system folder that `pg` links
 * to. A project that is moved takes the link along; one that is deleted leaves a record that names the owner of the
 * cluster.
 */
export function clusterFolder(dataDir: string, runAs: RunAs | null): string {
  const linked = linkTarget(dataDir);
  if (linked === null && (runAs === null || canTraverse(dataDir, runAs))) return linkOf(dataDir);
  const folder = linked ?? makeLink(dataDir);
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
  if (readRecord(folder) !== dataDir) writeFileSync(recordOf(folder), dataDir);
  return folder;
}

function makeLink(dataDir: string): string {
  const hash = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const unnamed = join(systemFolder, hash);
  // Before links were introduced, a folder was found only by its name.
  const isOurs = existsSync(unnamed) && readRecord(unnamed) === null;
  const folder = isOurs ? unnamed : `${unnamed}-${randomBytes(4).toString("hex")}`;
  try {
    symlinkSync(folder, linkOf(dataDir));
    return folder;
  } catch (error) {
    const other = linkTarget(dataDir);
    if (other === null) throw error;
    return other;
  }
}

function linkTarget(dataDir: string): string | null {
  const link = linkOf(dataDir);
  return lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(link) : null;
}

/** The data folder that last used a cluster in the system folder. */
function readRecord(folder: string): string | null {
  try {
    return readFileSync(recordOf(folder), "utf8");
  } catch {
    return null;
  }
}

/** A cluster on this machine. */
export interface KeptCluster {
  readonly folder: string;
  /** The data folder it belongs to; null when unknown. */
  readonly dataDir: string | null;
  /** `gone`: its project was deleted, or the data folder now uses another cluster. */
  readonly state: "running" | "stopped" | "gone";
  readonly bytes: number;
}

/** The cluster of a data folder, and all in the system folder. */
export function listClusters(dataDir: string): KeptCluster[] {
  const own = existsSync(join(linkOf(dataDir), "PG_VERSION")) ? [realpathSync(linkOf(dataDir))] : [];
  const folders = new Set([...own, ...systemClusters()]);
  return [...folders].map((folder) => {
    const owner = readRecord(folder) ?? (own.includes(folder) ? dataDir : null);
    return { folder, dataDir: owner, state: stateOf(folder, owner), bytes: bytesOf(folder) };
  });
}

/** Folders of clusters whose project is gone. */
export function abandonedClusters(): string[] {
  return systemClusters().filter((folder) => stateOf(folder, readRecord(folder)) === "gone");
}

function systemClusters(): string[] {
  if (!existsSync(systemFolder)) return [];
  return readdirSync(systemFolder)
    .map((name) => join(systemFolder, name))
    .filter((folder) => existsSync(join(folder, "PG_VERSION")));
}

function stateOf(folder: string, dataDir: string | null): KeptCluster["state"] {
  if (isRunning(folder)) return "running";
  if (dataDir === null || !folder.startsWith(systemFolder)) return "stopped";
  return linkTarget(dataDir) === folder ? "stopped" : "gone";
}

function isRunning(folder: string): boolean {
  const found = readPostmasterPid(folder);
  return (found !== null && isAlive(found.pid)) || (processesOf(folder) ?? []).length > 0;
}

function bytesOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => lstatSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}

/** Deletes a cluster and the files beside it. @throws {Error} while its server runs */
export function removeClusterFolder(folder: string): void {
  if (isRunning(folder)) throw new Error(`${folder} is in use: stop what uses it first.`);
  const dataDir = readRecord(folder);
  if (dataDir !== null && linkTarget(dataDir) === folder) rmSync(linkOf(dataDir), { force: true });
  for (const path of [folder, reserveFile(folder), recordOf(folder)]) {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  }
}
