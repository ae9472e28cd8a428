import { firstAtOrAfter } from "./sorted-instants";
import type { EpochMs, Interval } from "./types";
import { dayMs } from "./units";

/** A period in which a zone keeps one UTC offset and one abbreviation. */
export interface OffsetPeriod extends Interval {
  /** East of UTC is positive. Whole seconds, in ms. */
  readonly offsetMs: number;
  /** As in the tz database: `CST`, `+0545`. */
  readonly abbreviation: string;
}

/**
 * The offsets of one zone. `at[i]` (ms, ascending) starts period `i + 1`; period 0 has no start. Neighbouring periods
 * differ in offset or abbreviation. A table is complete up to `tableEnd`.
 */
export interface ZoneTable {
  readonly at: Float64Array;
  readonly offsetsMs: Float64Array;
  readonly abbreviations: readonly string[];
}

/** What a zone observes from an instant on. */
export interface OffsetChange {
  readonly at: EpochMs;
  readonly offsetMs: number;
  readonly abbreviation: string;
}

/**
 * Tables contain each change before this year. By then only yearly rules are left, and the Gregorian calendar repeats
 * itself every 400 years, including the days of the week: later instants are looked up whole cycles earlier.
 */
export const tableEndYear = 2_500;
const tableEnd = Date.UTC(tableEndYear, 0, 1);
const cycleMs = 146_097 * dayMs;

/**
 * @param first what holds before the first change
 * @param changes ascending by instant; of several at one instant the last one counts
 */
export function zoneTable(
  first: { readonly offsetMs: number; readonly abbreviation: string },
  changes: Iterable<OffsetChange>,
): ZoneTable {
  const kept: OffsetChange[] = [];
  const isSame = (a: Omit<OffsetChange, "at">, b: Omit<OffsetChange, "at">) =>
    a.offsetMs === b.offsetMs && a.abbreviation === b.abbreviation;
  for (const change of changes) {
    if (change.at === kept.at(-1)?.at) kept.pop();
    if (!isSame(change, kept.at(-1) ?? first)) kept.push(change);
  }
  return {
    at: Float64Array.from(kept, ({ at }) => at),
    offsetsMs: Float64Array.of(first.offsetMs, ...kept.map(({ offsetMs }) => offsetMs)),
    abbreviations: [first.abbreviation, ...kept.map(({ abbreviation }) => abbreviation)],
  };
}

/** How many of `changes` are at or before `at`. */
function countUntil(changes: Float64Array, at: EpochMs): number {
  return firstAtOrAfter(changes, at + 1);
}

/** How many ms back an instant after the table's end is looked up. */
function cyclesAfter(at: EpochMs): number {
  return at < tableEnd ? 0 : (Math.floor((at - tableEnd) / cycleMs) + 1) * cycleMs;
}

/** The offset in force at an instant, in ms east of UTC. */
export function offsetAt(table: ZoneTable, at: EpochMs): number {
  return table.offsetsMs[countUntil(table.at, at - cyclesAfter(at))]!;
}

/** The periods of a zone that cover `[start, end)`: ascending, without gaps, cut at its edges. */
export function periodsIn(table: ZoneTable, { start, end }: Interval): readonly OffsetPeriod[] {
  const periods: OffsetPeriod[] = [];
  let from = start;
  while (from < end) {
    const shift = cyclesAfter(from);
    const index = countUntil(table.at, from - shift);
    // A look-up stays within its part of the table; the part after the next edge is looked up separately.
    const edge = from < tableEnd ? tableEnd : tableEnd + shift;
    const to = Math.min(end, edge, (table.at[index] ?? Infinity) + shift);
    const offsetMs = table.offsetsMs[index]!;
    const abbreviation = table.abbreviations[index]!;
    const before = periods.at(-1);
    // Only at an edge of the table can both sides be the same.
    if (before?.offsetMs === offsetMs && before.abbreviation === abbreviation) {
      periods[periods.length - 1] = { ...before, end: to };
    } else periods.push({ start: from, end: to, offsetMs, abbreviation });
    from = to;
  }
  return periods;
}
