import { distance } from "fastest-levenshtein";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { periodsIn, type OffsetPeriod } from "@/lib/uptime/zone-table";
import windowsZones from "./windows-zones.json";
import { dayMs } from "@/lib/uptime/units";

const windows: ReadonlyMap<string, string> = new Map(
  Object.entries(windowsZones).map(([name, zone]) => [name.toLowerCase(), zone]),
);

/** Which zone is suggested when an abbreviation or city has several: those with the most of our users first. */
const preferred = [
  ...["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage"],
  ...["Pacific/Honolulu", "America/Halifax", "Europe/London", "Europe/Berlin", "Europe/Helsinki", "Asia/Kolkata"],
  ...["Asia/Tokyo", "Australia/Sydney"],
];

/** Longer than the longest name of any system. */
const maxCharacters = 80;

/**
 * The name of the tz database that was probably meant by the unknown `name`: the zone of a Windows or Rails name, of an
 * abbreviation, a city or an offset, or the name with the smallest edit distance.
 * @returns null without a good guess
 */
export function suggestTimeZone(name: string): string | null {
  const text = plain(name);
  if (text === "" || text.length > maxCharacters) return null;
  return (
    spelled(text) ?? ofOtherSystem(text) ?? ofAbbreviation(text) ?? ofOffset(text) ?? ofCity(text) ?? misspelled(text)
  );
}

/** Without accents, surrounding blanks, a display name's offset and the prefixes of old systems. */
function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .trim()
    .replace(/^\((?:UTC|GMT)[^)]*\)\s*/i, "")
    .replace(/^\/?(?:usr\/share\/zoneinfo|posix|right|SystemV|tzone:\/\/microsoft)\//i, "");
}

/** Names with other characters between their words. */
function spelled(text: string): string | null {
  const { spell } = zoneRules();
  const spellings = [text, text.replace(/[\s-]+/g, "_"), text.replace(/\s*[/\\.:>]\s*/g, "/").replace(/\s+/g, "_")];
  for (const spelling of spellings) {
    const found = spell(spelling);
    if (found !== null) return found;
  }
  return null;
}

/** The zone of a name that Windows or Outlook uses, also with the offset that its dialogs show; null for others. */
export function windowsZone(name: string): string | null {
  return ofOtherSystem(plain(name));
}

/** Windows says "Pacific Standard Time", in its dialogs and in Rails "Pacific Time (US & Canada)". */
function ofOtherSystem(text: string): string | null {
  const bare = text
    .toLowerCase()
    .replace(/\s*\([^)]*\)/g, "")
    .replace(/\b(daylight|summer) time$/, "standard time");
  const names = [text.toLowerCase(), bare, bare.replace(/ time$/, " standard time"), `${bare} standard time`];
  for (const each of names) {
    const zone = windows.get(each);
    if (zone !== undefined) return zoneRules().spell(zone);
  }
  // "Amsterdam, Berlin, Bern": the zone of its first city.
  return bare.includes(",") ? ofCity(bare.split(",")[0]?.trim() ?? "") : null;
}

/** What the zones with most people observe in the year of the release. */
function likelyZone(fits: (periods: readonly OffsetPeriod[]) => boolean): string | null {
  const rules = zoneRules();
  const start = new Date(rules.releasedOn).getTime();
  const range = { start, end: start + 366 * dayMs };
  const zones = new Set([...preferred, ...windows.values()]);
  return [...zones].find((zone) => rules.spell(zone) !== null && fits(periodsIn(rules.tableOf(zone), range))) ?? null;
}

/** "PST", "CEST", "PT", "CST6": the first zone that observes it in these years. */
function ofAbbreviation(text: string): string | null {
  const [, letters] = /^([A-Z]{2,5})\d?$/.exec(text.toUpperCase()) ?? [];
  if (letters === undefined) return null;
  const wanted = letters.length === 2 ? `${letters[0] ?? ""}S${letters[1] ?? ""}` : letters;
  return likelyZone((periods) => periods.some(({ abbreviation }) => abbreviation === wanted));
}

/** "UTC+5" and "+05:00" are `Etc/GMT-5`, which has the opposite sign; "+05:30" is a zone with that offset. */
function ofOffset(text: string): string | null {
  const match = /^(?:UTC|GMT|Etc\/UTC)?\s*([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text);
  if (match === null) return null;
  const [, sign, hours, minutes = "0"] = match;
  const offsetMs = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (offsetMs === 0) return zoneRules().spell("Etc/UTC");
  if (Number(minutes) === 0) return zoneRules().spell(`Etc/GMT${sign === "+" ? "-" : "+"}${Number(hours)}`);
  return likelyZone((periods) => periods.every((period) => period.offsetMs === offsetMs));
}

const lastPart = (name: string): string => name.slice(name.lastIndexOf("/") + 1).toLowerCase();

function rank(name: string): number {
  const index = preferred.indexOf(name);
  // Names of countries' zones, such as US/Pacific, after those of cities.
  return index >= 0 ? index : preferred.length + (/^(Africa|America|Asia|Europe|Pacific)\//.test(name) ? 0 : 1);
}

/** "New York", "Chicago". */
function ofCity(text: string): string | null {
  const wanted = text.replace(/\s+/g, "_").toLowerCase();
  const found = zoneRules().names.filter((name) => name.includes("/") && lastPart(name) === wanted);
  return found.sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** The name with the smallest edit distance, if most of its letters are right. */
function misspelled(text: string): string | null {
  const wanted = text.toLowerCase().replace(/[\s-]+/g, "_");
  const isWhole = wanted.includes("/");
  let best: { readonly name: string; readonly edits: number } | null = null;
  for (const name of zoneRules().names) {
    const edits = distance(wanted, isWhole ? name.toLowerCase() : lastPart(name));
    if (best === null || edits < best.edits || (edits === best.edits && rank(name) < rank(best.name))) {
      best = { name, edits };
    }
  }
  if (best === null || wanted.length < 4) return null;
  return best.edits <= Math.max(1, Math.floor(wanted.length / 5)) ? best.name : null;
}
