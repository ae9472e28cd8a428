import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import moment from "moment-timezone";
import { knownReleaseDate } from "@/lib/server/zones/release";
import type { PackedZones } from "@/lib/uptime/packed-zones";
import { zoneTable, type ZoneTable } from "@/lib/uptime/zone-table";
import { packZone } from "./pack-zone";

export const shippedFile = "lib/uptime/shipped-zones.json";

/** The data of moment-timezone lists changes up to this year. */
const lastYear = 2_037;

interface MomentData {
  readonly version: string;
  readonly zones: readonly string[];
  readonly links: readonly string[];
}

function momentTable(packed: string): { readonly name: string; readonly table: ZoneTable } {
  const { name, abbrs, offsets, untils } = moment.tz.unpack(packed);
  // An offset holds until the instant of the same index; moment counts west of UTC, in minutes.
  const observed = offsets.map((minutes, index) => ({
    offsetMs: 0 - Math.round(minutes * 60) * 1_000,
    abbreviation: abbrs[index]!,
  }));
  const changes = observed.slice(1).map((one, index) => ({ at: untils[index]!, ...one }));
  return { name, table: zoneTable(observed[0]!, changes) };
}

function dateOf(release: string): string {
  const date = knownReleaseDate(release);
  if (date !== null) return date;
  throw new Error(`The date of tz ${release} is not known: add it to lib/server/zones/release.ts.`);
}

/** The expected contents of the shipped file, made from the installed moment-timezone. */
export function makeShippedZones(): PackedZones {
  const require = createRequire(import.meta.url);
  const data = JSON.parse(
    readFileSync(require.resolve("moment-timezone/data/packed/latest.json"), "utf8"),
  ) as MomentData;
  const tables = data.zones.map(momentTable);
  const zones = tables.map(({ name, table }): [string, string] => [name, packZone(table, lastYear)]);
  const links = data.links.map((link): [string, string] => {
    const [target = "", name = ""] = link.split("|");
    return [name, target];
  });
  const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);
  return {
    format: "zone-rules/1",
    release: data.version,
    released: dateOf(data.version),
    madeFrom: `moment-timezone ${moment.tz.version}`,
    zones: Object.fromEntries(zones.sort(byName)),
    links: Object.fromEntries(links.sort(byName)),
  };
}

export function shippedText(zones: PackedZones): string {
  return `${JSON.stringify(zones, null, 2)}\n`;
}
