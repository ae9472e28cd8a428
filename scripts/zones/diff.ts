import { DateTime } from "luxon";
import { openRules } from "@/lib/server/zones/load-zone-rules";
import { env } from "@/lib/server/env";
import { LuxonZone } from "@/lib/uptime/luxon-zone";
import { shippedZoneRules, type ZoneRules } from "@/lib/uptime/zone-rules";
import { periodsIn, type OffsetPeriod } from "@/lib/uptime/zone-table";

/** A period in which two releases give a zone different offsets or abbreviations. */
interface Difference {
  readonly start: number;
  readonly end: number;
  readonly before: OffsetPeriod;
  readonly after: OffsetPeriod;
}

/** `shipped`, `system`, `TZDATA`, or a file or folder. @throws {Error} when it has no rules */
export function rulesOf(place: string): ZoneRules {
  if (place === "shipped") return shippedZoneRules();
  const { TZDATA, ZONEINFO_DIR } = env();
  if (place === "system") return openRules(ZONEINFO_DIR, "system").load();
  if (place !== "TZDATA") return openRules(place, "TZDATA").load();
  if (TZDATA === undefined) throw new Error("TZDATA is not set.");
  return openRules(TZDATA, "TZDATA").load();
}

function differencesOf(name: string, one: ZoneRules, other: ZoneRules, range: { start: number; end: number }) {
  const found: Difference[] = [];
  const afters = periodsIn(other.tableOf(name), range);
  for (const before of periodsIn(one.tableOf(name), range)) {
    for (const after of afters) {
      const [start, end] = [Math.max(before.start, after.start), Math.min(before.end, after.end)];
      if (start >= end) continue;
      if (before.offsetMs === after.offsetMs && before.abbreviation === after.abbreviation) continue;
      found.push({ start, end, before, after });
    }
  }
  return found;
}

/** Names by their differences: aliases have the same as their zone. */
function grouped(one: ZoneRules, other: ZoneRules, range: { start: number; end: number }) {
  const groups = new Map<string, { readonly names: string[]; readonly differences: readonly Difference[] }>();
  for (const name of one.names) {
    if (other.spell(name) === null) continue;
    const differences = differencesOf(name, one, other, range);
    if (differences.length === 0) continue;
    const key = JSON.stringify(differences);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { names: [name], differences });
    else group.names.push(name);
  }
  return [...groups.values()];
}

/**
 * The differences between two releases from the start of `fromYear` to the end of `toYear`, as lines for users: names,
 * then each period with the offsets and abbreviations of both and the local time at which it starts.
 */
export function diffLines(one: ZoneRules, other: ZoneRules, fromYear: number, toYear: number): string[] {
  const range = { start: Date.UTC(fromYear, 0, 1), end: Date.UTC(toYear + 1, 0, 1) };
  const iso = (at: number): string => new Date(at).toISOString().replace(".000Z", "Z");
  const shown = (rules: ZoneRules, name: string, { offsetMs, abbreviation }: OffsetPeriod, at: number): string => {
    const zone = new LuxonZone(name, rules.tableOf(name));
    const local = DateTime.fromMillis(at, { zone }).toFormat("HH:mm");
    return `${zone.formatOffset(at, "short")} ${abbreviation} (${local})${offsetMs % 60_000 === 0 ? "" : " and seconds"}`;
  };
  const groups = grouped(one, other, range);
  const lines = groups.flatMap(({ names, differences }) => [
    names.join(", "),
    ...differences.map(({ start, end, before, after }) => {
      const [name = ""] = names;
      const until = end === range.end ? `the end of ${toYear}` : iso(end);
      return `  ${iso(start)} to ${until}: ${shown(one, name, before, start)} becomes ${shown(other, name, after, start)}`;
    }),
  ]);
  const onlyIn = (a: ZoneRules, b: ZoneRules): string[] => {
    const names = a.names.filter((name) => b.spell(name) === null);
    return names.length === 0 ? [] : [`Only in tz ${a.release}: ${names.join(", ")}`];
  };
  const count = groups.reduce((sum, { names }) => sum + names.length, 0);
  return [
    `tz ${one.release} (${one.path ?? one.source}) and tz ${other.release} (${other.path ?? other.source}), ${fromYear} to ${toYear}: ${count} of ${one.names.length} names differ`,
    ...lines,
    ...onlyIn(one, other),
    ...onlyIn(other, one),
  ];
}
