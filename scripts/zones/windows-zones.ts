import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

export const windowsFile = "lib/server/zones/windows-zones.json";

interface WindowsData {
  readonly supplemental: {
    readonly windowsZones: {
      readonly mapTimezones: readonly {
        readonly mapZone: { readonly _other: string; readonly _type: string; readonly _territory: string };
      }[];
    };
  };
}

interface Bcp47Data {
  readonly keyword: { readonly u: { readonly tz: Readonly<Record<string, unknown>> } };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(createRequire(import.meta.url).resolve(file), "utf8"));
}

/** CLDR keeps the first name that it gave a zone; this is its current name in the tz database. */
function presentNames(): ReadonlyMap<string, string> {
  const { keyword } = readJson("cldr-bcp47/bcp47/timezone.json") as Bcp47Data;
  const present = new Map<string, string>();
  for (const zone of Object.values(keyword.u.tz)) {
    const { _alias, _iana } = zone as { readonly _alias?: string; readonly _iana?: string };
    if (_alias === undefined || _iana === undefined) continue;
    for (const name of _alias.split(" ")) present.set(name, _iana);
  }
  return present;
}

/** For each time zone of Windows, the zone of the tz database that it maps to without a territory. */
export function makeWindowsZones(): Readonly<Record<string, string>> {
  const data = readJson("cldr-core/supplemental/windowsZones.json") as WindowsData;
  const present = presentNames();
  return Object.fromEntries(
    data.supplemental.windowsZones.mapTimezones
      .map(({ mapZone }) => mapZone)
      .filter(({ _territory }) => _territory === "001")
      .map(({ _other, _type }) => [_other, present.get(_type) ?? _type]),
  );
}
