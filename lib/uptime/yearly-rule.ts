import type { OffsetChange } from "./zone-table";
import { dayMs, hourMs } from "./units";

/** What a zone observes: an offset in ms east of UTC and an abbreviation. */
type Observed = Omit<OffsetChange, "at">;

/** A day of each year, and the local time at which the clocks change on it. */
interface YearlyChange {
  /** The day's midnight in a year, as if it were UTC. */
  readonly midnightIn: (year: number) => number;
  readonly timeMs: number;
}

/** The rule that a zone follows from some instant on: one offset, or two with the changes between them. */
export interface YearlyRule {
  readonly standard: Observed;
  readonly summer?: Observed & { readonly begins: YearlyChange; readonly ends: YearlyChange };
}

class RuleReader {
  private at = 0;

  constructor(private readonly text: string) {}

  take(pattern: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(pattern.source, "y");
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.text);
    if (match !== null) this.at += match[0].length;
    return match;
  }

  need(pattern: RegExp): RegExpExecArray {
    const match = this.take(pattern);
    if (match === null) throw new Error(`Not a POSIX time zone: ${JSON.stringify(this.text)}.`);
    return match;
  }

  get isAtEnd(): boolean {
    return this.at === this.text.length;
  }
}

const namePattern = /<([A-Za-z0-9+-]+)>|([A-Za-z]{3,})/;
const timePattern = /([+-]?)(\d{1,3})(?::(\d{1,2})(?::(\d{1,2}))?)?/;

const nameOf = (match: RegExpExecArray): string => match[1] ?? match[2] ?? "";

function timeOf([, sign, hours, minutes = "0", seconds = "0"]: RegExpExecArray): number {
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === "-" ? -ms : ms;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function readDay(reader: RuleReader): YearlyChange["midnightIn"] {
  const julian = reader.take(/J(\d{1,3})/);
  if (julian !== null) {
    // 1 to 365; 29 February is never counted.
    const day = Number(julian[1]);
    return (year) => Date.UTC(year, 0, day + (isLeap(year) && day >= 60 ? 1 : 0));
  }
  const counted = reader.take(/(\d{1,3})(?=[/,]|$)/);
  if (counted !== null) {
    const day = Number(counted[1]);
    return (year) => Date.UTC(year, 0, day + 1);
  }
  const [, month = 1, week = 1, weekday = 0] = reader.need(/M(\d{1,2})\.([1-5])\.([0-6])/).map(Number);
  return (year) => weekdayOfMonth(year, month - 1, week, weekday);
}

/** Midnight of the `week`-th weekday of a month; 5 is its last one. @param weekday 0 = Sunday */
export function weekdayOfMonth(year: number, month: number, week: number, weekday: number): number {
  const first = Date.UTC(year, month, 1);
  const days = Date.UTC(year, month + 1, 1) / dayMs - first / dayMs;
  let day = ((weekday - new Date(first).getUTCDay() + 7) % 7) + 7 * (week - 1);
  while (day >= days) day -= 7;
  return first + day * dayMs;
}

function readChange(reader: RuleReader): YearlyChange {
  reader.need(/,/);
  const midnightIn = readDay(reader);
  const timeMs = reader.take(/\//) === null ? 2 * hourMs : timeOf(reader.need(timePattern));
  return { midnightIn, timeMs };
}

/**
 * Parses a POSIX `TZ` text with the extensions of RFC 9636, such as `EST5EDT,M3.2.0,M11.1.0` or `<-03>3`.
 * @throws {Error} when it is malformed
 */
export function parseYearlyRule(text: string): YearlyRule {
  const reader = new RuleReader(text);
  const name = nameOf(reader.need(namePattern));
  const standardMs = 0 - timeOf(reader.need(timePattern));
  const standard = { offsetMs: standardMs, abbreviation: name };
  if (reader.isAtEnd) return { standard };
  const summerName = nameOf(reader.need(namePattern));
  const summerTime = reader.take(timePattern);
  const offsetMs = summerTime === null ? standardMs + hourMs : 0 - timeOf(summerTime);
  const begins = readChange(reader);
  const ends = readChange(reader);
  reader.need(/$/);
  return { standard, summer: { offsetMs, abbreviation: summerName, begins, ends } };
}

/** The changes that a rule makes in the years `[firstYear, endYear)`, ascending by instant. */
export function changesOf({ standard, summer }: YearlyRule, firstYear: number, endYear: number): OffsetChange[] {
  if (summer === undefined) return [];
  const changes: OffsetChange[] = [];
  for (let year = firstYear; year < endYear; year++) {
    const begins = summer.begins.midnightIn(year) + summer.begins.timeMs - standard.offsetMs;
    const ends = summer.ends.midnightIn(year) + summer.ends.timeMs - summer.offsetMs;
    changes.push({ at: begins, offsetMs: summer.offsetMs, abbreviation: summer.abbreviation });
    changes.push({ at: ends, ...standard });
  }
  // Stable sort: when summer time ends as the next one starts, it continues.
  return changes.sort((a, b) => a.at - b.at);
}
