import { unpackZone, type PackedZones } from "./packed-zones";
import shipped from "./shipped-zones.json";
import type { ZoneTable } from "./zone-table";

/** Where rules come from: the file shipped with the product, the system's zoneinfo folder, or `TZDATA`. */
export type ZoneRulesSource = "shipped" | "system" | "TZDATA";

/** One release of the tz database: its names and their offsets. */
export interface ZoneRules {
  /** Such as `2026f`. */
  readonly release: string;
  /** `YYYY-MM-DD`. */
  readonly releasedOn: string;
  readonly source: ZoneRulesSource;
  /** The file or folder; null for the shipped rules. */
  readonly path: string | null;
  /** Every name in the tz database's spelling, aliases included, in order. */
  readonly names: readonly string[];
  /** The tz database's spelling of a name given in any case; null when the release has no such name. */
  readonly spell: (name: string) => string | null;
  /** @throws {Error} when `name` is not one of `names` */
  readonly tableOf: (name: string) => ZoneTable;
}

/** The input of `makeZoneRules`. `compile` is called once per zone, when its table is first needed. */
export interface ZoneRulesInput extends Pick<ZoneRules, "release" | "releasedOn" | "source" | "path"> {
  readonly zones: Iterable<string>;
  /** Target zone of each alias. */
  readonly links: Iterable<readonly [name: string, zone: string]>;
  readonly compile: (zone: string) => ZoneTable;
}

/** The tz database's zone for machines that were never set up: it has no place and no meaningful offset. */
const placeholder = "Factory";

/** @throws {Error} when an alias has no target */
export function makeZoneRules({ zones, links, compile, ...about }: ZoneRulesInput): ZoneRules {
  const zoneOf = new Map<string, string>();
  for (const zone of zones) if (zone !== placeholder) zoneOf.set(zone, zone);
  const linkOf = new Map(links);
  for (const [name, target] of linkOf) {
    let zone = target;
    // An alias may point to another one.
    for (let steps = 0; steps < 5 && !zoneOf.has(zone); steps++) zone = linkOf.get(zone) ?? zone;
    if (!zoneOf.has(zone)) throw new Error(`The alias ${name} points to ${target}, which is not a zone.`);
    zoneOf.set(name, zone);
  }
  const names = [...zoneOf.keys()].sort();
  const spelling = new Map(names.map((name) => [name.toLowerCase(), name]));
  const tables = new Map<string, ZoneTable>();
  return {
    ...about,
    names,
    spell: (name) => (zoneOf.has(name) ? name : (spelling.get(name.toLowerCase()) ?? null)),
    tableOf: (name) => {
      let table = tables.get(name);
      if (table === undefined) {
        const zone = zoneOf.get(name);
        if (zone === undefined) throw new Error(`tz ${about.release} has no zone ${name}.`);
        tables.set(zone, (table = tables.get(zone) ?? compile(zone)));
        tables.set(name, table);
      }
      return table;
    },
  };
}

/** @throws {Error} when the file is damaged */
export function packedZoneRules(packed: PackedZones, from: Pick<ZoneRules, "source" | "path">): ZoneRules {
  return makeZoneRules({
    ...from,
    release: packed.release,
    releasedOn: packed.released,
    zones: Object.keys(packed.zones),
    links: Object.entries(packed.links),
    compile: (zone) => unpackZone(packed.zones[zone]!),
  });
}

export const shippedZones = shipped as PackedZones;

export function shippedZoneRules(): ZoneRules {
  return packedZoneRules(shippedZones, { source: "shipped", path: null });
}

// The framework bundles this module once for each of its entry points; all of them share the rules of the process.
const shared = globalThis as { [installed]?: ZoneRules };
const installed: unique symbol = Symbol.for("store-monitoring.zone-rules") as never;

/** The rules that this process uses: the last installed ones, at first the shipped ones. */
export function zoneRules(): ZoneRules {
  return (shared[installed] ??= shippedZoneRules());
}

/** Installs `rules` for the whole process. Figures computed earlier keep theirs, so call it first. */
export function installZoneRules(rules: ZoneRules): void {
  shared[installed] = rules;
}
