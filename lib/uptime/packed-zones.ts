import { changesOf, parseYearlyRule } from "./yearly-rule";
import { tableEndYear, zoneTable, type OffsetChange, type ZoneTable } from "./zone-table";

/**
 * Zone rules in our own file format. A zone is `observed;changes;rule`: what it has observed as `abbreviation=seconds`,
 * separated by commas; for each change since 1970 the seconds since the previous change (since 1970 for the first) and
 * the index of what it changes to, in base 36 as `seconds.index`, separated by blanks (index 0 holds before the first);
 * and the POSIX rule that holds after the last change, which may be missing.
 */
export interface PackedZones {
  readonly format: "zone-rules/1";
  /** Of the tz database: `2026f`. */
  readonly release: string;
  /** The release's date, `YYYY-MM-DD`. */
  readonly released: string;
  /** The source of the file. */
  readonly madeFrom: string;
  readonly zones: Readonly<Record<string, string>>;
  /** Aliases of zones: `US/Central` is `America/Chicago`. */
  readonly links: Readonly<Record<string, string>>;
}

/** @throws {Error} when the text is not a packed zone */
export function unpackZone(text: string): ZoneTable {
  const [observedText = "", changesText = "", rule = ""] = text.split(";");
  const observed = observedText.split(",").map((one) => {
    const [abbreviation = "", seconds = ""] = one.split("=");
    if (abbreviation === "" || !/^-?\d+$/.test(seconds)) throw new Error(`Not a packed zone: ${text.slice(0, 40)}`);
    return { abbreviation, offsetMs: Number(seconds) * 1_000 };
  });
  let at = 0;
  const changes = (changesText === "" ? [] : changesText.split(" ")).map((one): OffsetChange => {
    const [seconds = "", index = ""] = one.split(".");
    const next = observed[parseInt(index, 36)];
    at += parseInt(seconds, 36) * 1_000;
    if (next === undefined || Number.isNaN(at)) throw new Error(`Not a packed zone: ${text.slice(0, 40)}`);
    return { at, ...next };
  });
  return zoneTable(observed[0]!, [...changes, ...(rule === "" ? [] : changesAfter(changes, rule))]);
}

/** The changes that a yearly rule makes after the last listed one. */
export function changesAfter(listed: readonly OffsetChange[], rule: string): OffsetChange[] {
  const last = listed.at(-1)?.at ?? -Infinity;
  const firstYear = listed.length === 0 ? 1970 : new Date(last).getUTCFullYear() - 1;
  return changesOf(parseYearlyRule(rule), firstYear, tableEndYear).filter(({ at }) => at > last);
}
