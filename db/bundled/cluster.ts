import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { diskFull, isDiskFullAt } from "@/db/start-error";
import { type Binaries, findBinaries } from "./binaries";
import { clusterFolder, removeClusterFolder, systemFolder } from "./cluster-folder";
import { isAlive } from "@/db/is-alive";
import { run } from "./run";
import { chooseRunAs, type RunAs } from "./run-as";

/** A data folder of Postgres with matching programs. */
export interface Cluster {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly runAs: RunAs | null;
  readonly password: string;
}

export interface ClusterOptions {
  readonly dataDir: string;
  /** Folder of the PostgreSQL programs to use, instead of searching for some. */
  readonly pgBin?: string | undefined;
  /** For tests: nothing is flushed to disk. */
  readonly throwaway?: boolean;
}

/** Size of a new cluster, including its log of 16 MB. */
const newBytes = 100_000_000;

const passwordFile = "superuser-password";

/**
 * Finds the cluster of a data folder, or creates it. Safe for concurrent processes: each creates its own beside the
 * place, one is renamed into it, and all use that one.
 * @throws {Error} saying what to do when the cluster has another major version or owner
 */
export async function prepareCluster(options: ClusterOptions): Promise<Cluster> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o755 });
  const dataDir = realpathSync(options.dataDir);
  const runAs = chooseRunAs(dataDir);
  const folder = clusterFolder(dataDir, runAs);
  const binaries = await findBinaries(options.pgBin, runAs, runAs ? systemFolder : dataDir);
  if (!existsSync(folder)) await makeCluster(folder, binaries, runAs, options.throwaway === true);
  assertOurs(folder, options.dataDir);
  const version = readFileSync(join(folder, "PG_VERSION"), "utf8").trim();
  if (version !== binaries.major) {
    throw new Error(
      `The data in ${folder} was created by PostgreSQL ${version}, but ${binaries.description} was found, which cannot ` +
        `read it. Set PG_BIN to the programs of PostgreSQL ${version}, or DATA_DIR to another folder.`,
    );
  }
  return {
    folder,
    binaries,
    runAs: ownerOf(folder, runAs),
    password: readFileSync(join(folder, passwordFile), "utf8"),
  };
}

/** Deletes all of a throw-away data folder, wherever its cluster is. */
export function removeCluster(dataDir: string, cluster: Cluster): void {
  removeClusterFolder(cluster.folder);
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 });
}

async function makeCluster(folder: string, binaries: Binaries, runAs: RunAs | null, throwaway: boolean): Promise<void> {
  removeAbandonedDrafts(folder);
  const draft = `${folder}.${process.pid}-${randomBytes(4).toString("hex")}`;
  const secret = `${draft}.password`;
  try {
    writeFileSync(secret, randomBytes(24).toString("base64url"), { mode: 0o600 });
    mkdirSync(draft, { mode: 0o700 });
    if (runAs) for (const path of [draft, secret]) chownSync(path, runAs.uid, runAs.gid);
    const { code, output } = await run(
      join(binaries.bin, "initdb"),
      [
        ...["-D", draft, "-U", "postgres", "--encoding=UTF8", "--locale=C"],
        ...["--auth=scram-sha-256", `--pwfile=${secret}`, ...(throwaway ? ["--no-sync"] : [])],
      ],
      runAs,
      draft,
    );
    // It fails in many ways when there is too little space, and has deleted its files by then.
    const full = /No space left on device|Disk quota exceeded/i.test(output) || isDiskFullAt(dirname(folder), newBytes);
    if (code !== 0 && full) throw diskFull(folder, output);
    if (code !== 0) throw new Error(`initdb could not create a database in ${folder}: ${logTail(output)}`);
    renameSync(secret, join(draft, passwordFile));
    chmodSync(join(draft, passwordFile), 0o600);
    renameSync(draft, folder);
  } catch (error) {
    // Another process was faster: a rename never replaces a folder that is not empty.
    if (!existsSync(join(folder, "PG_VERSION"))) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
    rmSync(secret, { force: true });
  }
}

/** Files left beside the place by processes killed in the middle of `makeCluster`. */
function removeAbandonedDrafts(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(`${basename(folder)}.`)) continue;
    const maker = /^\d+/.exec(name.slice(basename(folder).length + 1));
    if (maker && !isAlive(Number(maker[0]))) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function assertOurs(folder: string, dataDir: string): void {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    if (!existsSync(join(folder, "PG_VERSION")) || !existsSync(join(folder, passwordFile))) {
      throw new Error("it lacks PG_VERSION or its password file");
    }
  } catch (cause) {
    const { uid } = statSync(folder);
    const reason = uid !== process.getuid?.() && process.getuid?.() !== 0 ? `it belongs to user ${uid}` : String(cause);
    throw new Error(
      `${folder} cannot be used as a database folder: ${reason}. Start as the user who created it, or set DATA_DIR to ` +
        `another folder than ${dataDir}.`,
      { cause },
    );
  }
}

/** Postgres serves only a folder owned by its own user. */
function ownerOf(folder: string, runAs: RunAs | null): RunAs | null {
  if (!runAs) return null;
  const { uid, gid } = statSync(folder);
  return uid === runAs.uid ? runAs : { name: `user ${uid}`, uid, gid };
}

/** The end of a program's output, in one line. */
export function logTail(output: string): string {
  return output.trim().split("\n").slice(-4).join(" ").trim() || "it printed nothing";
}
