import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeZoneRules, shippedZones, type ZoneRulesSource } from "@/lib/uptime/zone-rules";
import type { ZoneTable } from "@/lib/uptime/zone-table";
import { releaseDate } from "./release";
import { openRulesFile, requireRelease, type AvailableRules } from "./rules-file";
import { readTzif } from "./tzif";

/** Folders that repeat the same zones, and files that are not zones. */
const others = new Set(["posix", "right", "posixrules", "localtime", "Factory"]);
const namePattern = /^[A-Za-z][A-Za-z0-9_+-]*$/;

/**
 * Rules in a zoneinfo folder: its tzdata.zi, so that rules and release agree, else its compiled zones with the release
 * in +VERSION.
 * @throws {Error} when it has neither
 */
export function openRulesFolder(folder: string, source: ZoneRulesSource): AvailableRules {
  const sourceFile = join(folder, "tzdata.zi");
  if (existsSync(sourceFile)) return openRulesFile(sourceFile, source);
  const versionFile = join(folder, "+VERSION");
  if (!existsSync(versionFile)) {
    const hasZones = existsSync(join(folder, "Etc")) || existsSync(join(folder, "UTC"));
    throw new Error(
      hasZones
        ? "the folder names no release: it has neither tzdata.zi nor +VERSION"
        : "the folder holds no zone rules",
    );
  }
  const release = requireRelease(readFileSync(versionFile, "utf8").trim(), "+VERSION");
  return {
    release,
    load: () => {
      const tables = new Map<string, ZoneTable>();
      readZones(folder, "", tables);
      const compile = (zone: string): ZoneTable => {
        const table = tables.get(zone);
        if (table === undefined) throw new Error(`There is no zone ${zone}.`);
        return table;
      };
      return makeZoneRules({
        ...{ release, source, path: folder },
        releasedOn: releaseDate(release, statSync(versionFile).mtimeMs),
        zones: tables.keys(),
        // Some systems package the old names separately.
        links: Object.entries(shippedZones.links).filter(([name, zone]) => !tables.has(name) && tables.has(zone)),
        compile,
      });
    },
  };
}

function readZones(folder: string, within: string, tables: Map<string, ZoneTable>): void {
  for (const name of readdirSync(join(folder, within))) {
    if (!namePattern.test(name) || others.has(name)) continue;
    const path = `${within}${name}`;
    if (statSync(join(folder, path)).isDirectory()) {
      readZones(folder, `${path}/`, tables);
      continue;
    }
    const bytes = readFileSync(join(folder, path));
    if (bytes.toString("latin1", 0, 4) !== "TZif") continue;
    try {
      tables.set(path, readTzif(bytes));
    } catch (error) {
      throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  }
}
