import { tableEndYear, zoneTable, type OffsetChange, type ZoneTable } from "@/lib/uptime/zone-table";
import type { ZiEra, ZiRule, ZiSource } from "./tzdata-zi";
import { dayIn, type TimeBasis } from "./zi-fields";

/**
 * The table of a zone, compiled like zic does: an era ends, and a rule takes effect, by the clock as it was just
 * before.
 * @param endYear changes from this year on are left out
 * @throws {Error} when the source has no such zone
 */
export function compileZone({ zones, rules }: ZiSource, name: string, endYear = tableEndYear): ZoneTable {
  const eras = zones.get(name);
  if (eras === undefined) throw new Error(`There is no zone ${name}.`);
  const changes: OffsetChange[] = [];
  let since = -Infinity;
  for (const era of eras) {
    const { made, saveMs } =
      typeof era.rules === "string"
        ? ruledEra(era, rules.get(era.rules) ?? [], since, endYear)
        : { made: [constantChange(era, since)], saveMs: era.rules.saveMs };
    changes.push(...made);
    if (era.until !== null) since = toUtc(era.until.localMs, era.until.time.basis, era.standardMs, saveMs);
  }
  const [first, ...later] = changes;
  if (first === undefined) throw new Error(`The zone ${name} is empty.`);
  return zoneTable(first, withoutEchoes(first, later));
}

/**
 * When an era's first rule takes effect at the local time at which the era starts, there was one change: the rule holds
 * from the start of the era.
 */
function withoutEchoes(first: OffsetChange, changes: readonly OffsetChange[]): OffsetChange[] {
  const kept: OffsetChange[] = [];
  for (const change of changes) {
    const before = kept.at(-1);
    const offsetBefore = (kept.at(-2) ?? first).offsetMs;
    if (before !== undefined && change.at + before.offsetMs <= before.at + offsetBefore) {
      kept[kept.length - 1] = { ...change, at: before.at };
    } else kept.push(change);
  }
  return kept;
}

function toUtc(localMs: number, basis: TimeBasis, standardMs: number, saveMs: number): number {
  return localMs - (basis === "utc" ? 0 : standardMs) - (basis === "wall" ? saveMs : 0);
}

function abbreviate(era: ZiEra, letters: string, isSummer: boolean, saveMs: number): string {
  const [standard = "", summer] = era.format.split("/");
  if (summer !== undefined) return isSummer ? summer : standard;
  return era.format.replace("%s", letters).replace("%z", () => numericName(era.standardMs + saveMs));
}

/** `+hh`, `+hhmm` or `+hhmmss`. */
function numericName(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1_000;
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  while (parts.length > 1 && parts.at(-1) === 0) parts.pop();
  return `${offsetMs < 0 ? "-" : "+"}${parts.map((part) => String(part).padStart(2, "0")).join("")}`;
}

function constantChange(era: ZiEra, since: number): OffsetChange {
  const { saveMs, isSummer } = typeof era.rules === "string" ? { saveMs: 0, isSummer: false } : era.rules;
  return { at: since, offsetMs: era.standardMs + saveMs, abbreviation: abbreviate(era, "", isSummer, saveMs) };
}

interface RuledEra {
  readonly made: readonly OffsetChange[];
  /** What is added to standard time when the era ends. */
  readonly saveMs: number;
}

/** The changes of an era with named rules: its start, and each rule that takes effect before its end. */
function ruledEra(era: ZiEra, rules: readonly ZiRule[], since: number, endYear: number): RuledEra {
  const change = (at: number, { saveMs, isSummer, letters }: ZiRule): OffsetChange => ({
    at,
    offsetMs: era.standardMs + saveMs,
    abbreviation: abbreviate(era, letters, isSummer, saveMs),
  });
  const made: OffsetChange[] = [];
  let saveMs = 0;
  // The rule in force when the era starts; before any rule, standard time under its first name.
  let inForce: ZiRule | null = null;
  for (const { rule, at } of occurrences(era, rules, endYear, () => saveMs)) {
    saveMs = rule.saveMs;
    if (at <= since) inForce = rule;
    else made.push(change(at, rule));
  }
  if (inForce === null) {
    const standard = rules.filter((rule) => rule.saveMs === 0).sort((a, b) => a.firstYear - b.firstYear)[0];
    const nameless = { saveMs: 0, isSummer: false, letters: standard?.letters ?? "" } as ZiRule;
    return { made: [change(since, nameless), ...made], saveMs };
  }
  return { made: [change(since, inForce), ...made], saveMs };
}

/** When rules take effect before an era ends, in order; each time is by the clock of that moment. */
function* occurrences(era: ZiEra, rules: readonly ZiRule[], endYear: number, saveNow: () => number) {
  const firstYear = Math.min(...rules.map((rule) => rule.firstYear));
  const lastYear = era.until === null ? endYear - 1 : Math.min(era.until.year, endYear - 1);
  for (let year = firstYear; year <= lastYear; year++) {
    const due = rules
      .filter((rule) => rule.firstYear <= year && year <= rule.lastYear)
      .map((rule) => ({ rule, localMs: dayIn(year, rule.month, rule.day) + rule.time.ms }));
    while (due.length > 0) {
      const saveMs = saveNow();
      const timed = due.map((one) => toUtc(one.localMs, one.rule.time.basis, era.standardMs, saveMs));
      const next = timed.indexOf(Math.min(...timed));
      const at = timed[next]!;
      if (era.until !== null && at >= toUtc(era.until.localMs, era.until.time.basis, era.standardMs, saveMs)) return;
      yield { rule: due.splice(next, 1)[0]!.rule, at };
    }
  }
}
