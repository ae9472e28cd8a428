import { readFileSync, statSync } from "node:fs";
import type { PackedZones } from "@/lib/uptime/packed-zones";
import { makeZoneRules, packedZoneRules, type ZoneRules, type ZoneRulesSource } from "@/lib/uptime/zone-rules";
import { compileZone } from "./compile-zi";
import { isRelease, releaseDate } from "./release";
import { parseZi, ziRelease } from "./tzdata-zi";

/** Available rules: their release is known, the rest is read on demand. */
export interface AvailableRules {
  readonly release: string;
  /** @throws {Error} when they are damaged */
  readonly load: () => ZoneRules;
}

/** Far more than any release has. */
const maxBytes = 16 * 1024 * 1024;

export function requireRelease(text: string | null, where: string): string {
  if (text === null || text === "") throw new Error(`${where} names no release of the tz database`);
  if (!isRelease(text))
    throw new Error(`${where} names ${JSON.stringify(text)}, which is not a release of the tz database`);
  return text;
}

/**
 * Rules in a file: the text of tzdata.zi, or our own format.
 * @throws {Error} when it is neither, or names no release
 */
export function openRulesFile(path: string, source: ZoneRulesSource): AvailableRules {
  const { size, mtimeMs } = statSync(path);
  if (size === 0) throw new Error("the file is empty");
  if (size > maxBytes) throw new Error("the file is too large for zone rules");
  const text = readFileSync(path, "utf8");
  if (text.startsWith("{")) return openPacked(text, path, source);
  if (text.startsWith("TZif")) {
    throw new Error("the file is a single compiled zone; name the folder with all of them, or a tzdata.zi");
  }
  if (text.includes("\0")) throw new Error("the file is not text");
  const release = requireRelease(ziRelease(text), "its first line");
  return {
    release,
    load: () => {
      const parsed = parseZi(text);
      return makeZoneRules({
        ...{ release, source, path },
        releasedOn: releaseDate(release, mtimeMs),
        zones: parsed.zones.keys(),
        links: parsed.links,
        compile: (zone) => compileZone(parsed, zone),
      });
    },
  };
}

function openPacked(text: string, path: string, source: ZoneRulesSource): AvailableRules {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    throw new Error("the file is not valid JSON", { cause: error });
  }
  if (!isPacked(given)) throw new Error('the file does not have the format "zone-rules/1"');
  const packed = given;
  return {
    release: requireRelease(packed.release, "the file"),
    load: () => {
      const rules = packedZoneRules(packed, { source, path });
      // Fails now on damage rather than later in a request.
      for (const name of rules.names) rules.tableOf(name);
      return rules;
    },
  };
}

function isPacked(value: unknown): value is PackedZones {
  if (typeof value !== "object" || value === null) return false;
  const { format, release, released, zones, links } = value as Partial<Record<keyof PackedZones, unknown>>;
  const isTexts = (texts: unknown): boolean =>
    typeof texts === "object" && texts !== null && Object.values(texts).every((text) => typeof text === "string");
  return (
    format === "zone-rules/1" &&
    typeof release === "string" &&
    typeof released === "string" &&
    /^\d{4}-\d{2}-\d{2}$/.test(released) &&
    isTexts(zones) &&
    isTexts(links)
  );
}
