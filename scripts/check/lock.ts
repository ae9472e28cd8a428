import { readFileSync } from "node:fs";

interface LockEntry {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
}

/**
 * What is wrong with a package-lock.json, a line each. `npm install` silently leaves out optional packages that a
 * registry does not have (of other platforms), and then `npm ci` refuses the lock everywhere.
 */
export function lockFaults(packages: Readonly<Record<string, LockEntry>>): string[] {
  return Object.entries(packages).flatMap(([path, entry]) => {
    const missing = Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(packages, path, name))
      .map((name) => `${path || "package.json"} names the optional ${name}, which has no entry of its own`);
    if (path === "" || entry.link === true) return missing;
    if (entry.integrity === undefined) missing.push(`${path} has no integrity`);
    if (entry.resolved !== undefined && !entry.resolved.startsWith("https://")) {
      missing.push(`${path} comes from ${entry.resolved}, which is no registry`);
    }
    return missing;
  });
}

/** Node's rule: beside the one who asks, or beside any folder above. */
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
