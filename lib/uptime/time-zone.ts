import { IANAZone } from "luxon";
import type { DayOfWeek, EpochMs, Interval, TimeZone } from "./types";

const dayMs = 86_400_000;

/** The names that ICU still calls canonical, and what the tz database calls them today. */
const renamed: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

function isTimeZone(name: string): name is TimeZone {
  return /^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/i.test(name) && IANAZone.isValidZone(name);
}

/** Names that were resolved: asking the runtime takes a tenth of a ms and half a MB until it is collected. */
const resolved = new Map<string, TimeZone>();
/** Far more than there are zones; names differ in case, too, and come from outside. */
const mostResolved = 4_096;

/**
 * The zone that `name` stands for, under the tz database's present name for it (`us/central` is `America/Chicago`).
 * @returns null where this runtime knows no such zone; offsets and abbreviations (`EST`, `UTC+5`) are no zones
 */
export function resolveTimeZone(name: string): TimeZone | null {
  const known = resolved.get(name);
  if (known !== undefined) return known;
  if (!isTimeZone(name)) return null;
  const canonical = new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone;
  const today = renamed[canonical] ?? canonical;
  const zone = isTimeZone(today) ? today : name;
  if (resolved.size === mostResolved) resolved.clear();
  resolved.set(name, zone);
  return zone;
}

function requireTimeZone(name: string): TimeZone {
  const zone = resolveTimeZone(name);
  if (zone === null) throw new Error(`This runtime does not know the time zone ${name}.`);
  return zone;
}

/** The zone of a store that was given none. */
export const defaultTimeZone = requireTimeZone("America/Chicago");

/** An interval in which a zone's clocks run at one constant distance from UTC, in ms east of it. */
export interface OffsetStretch extends Interval {
  readonly offsetMs: number;
}

// Months of 31 days since 2000, and how often one is halved to find a change of offset in it: a month is a little longer
// than 2^31 ms, so a change may be placed one ms late. The worked cases (vectors.json) place it so; see docs/adr/0002.
const chunkMs = 31 * dayMs;
const firstChunkAt = Date.UTC(2000, 0, 1);
const halvings = 31;
const chunksOfZone = new Map<TimeZone, Map<number, readonly OffsetStretch[]>>();

/** The first instant, to the precision above, at which the offset is no longer that of `before`. */
function findChange(offsetAt: (at: EpochMs) => number, before: EpochMs, after: EpochMs): EpochMs {
  const offsetMs = offsetAt(before);
  for (let halving = 0; halving < halvings; halving++) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle) === offsetMs) before = middle;
    else after = middle;
  }
  return after;
}

/** Looks at every day: zones have changed their offset twice within a month, never within a day. */
function findStretches(zone: TimeZone, start: EpochMs, end: EpochMs): readonly OffsetStretch[] {
  const iana = IANAZone.create(zone);
  const offsetAt = (at: EpochMs): number => Math.round(iana.offset(at) * 60_000);
  const daysOfChange: Interval[] = [];
  for (let day = start; day < end; day += dayMs) {
    if (offsetAt(day) !== offsetAt(day + dayMs)) daysOfChange.push({ start: day, end: day + dayMs });
  }
  const brackets = daysOfChange.length === 1 ? [{ start, end }] : daysOfChange;
  const cuts = brackets.map((bracket) => findChange(offsetAt, bracket.start, bracket.end)).filter((at) => at < end);
  return [start, ...cuts].map((from, index) => ({
    start: from,
    end: cuts[index] ?? end,
    offsetMs: offsetAt(from),
  }));
}

function chunkOf(zone: TimeZone, index: number): readonly OffsetStretch[] {
  let chunks = chunksOfZone.get(zone);
  if (chunks === undefined) chunksOfZone.set(zone, (chunks = new Map<number, readonly OffsetStretch[]>()));
  let stretches = chunks.get(index);
  if (stretches === undefined) {
    chunks.set(
      index,
      (stretches = findStretches(zone, firstChunkAt + index * chunkMs, firstChunkAt + (index + 1) * chunkMs)),
    );
  }
  return stretches;
}

/**
 * Stretches of constant UTC offset that cover `[start, end)`, ascending and without gaps. Found once a zone and month,
 * then remembered: a conversion costs an addition.
 */
export function offsetStretches(zone: TimeZone, { start, end }: Interval): readonly OffsetStretch[] {
  const stretches: OffsetStretch[] = [];
  const last = Math.floor((end - 1 - firstChunkAt) / chunkMs);
  for (let index = Math.floor((start - firstChunkAt) / chunkMs); index <= last; index++) {
    for (const stretch of chunkOf(zone, index)) {
      const from = Math.max(stretch.start, start);
      const to = Math.min(stretch.end, end);
      if (from >= to) continue;
      const before = stretches.at(-1);
      if (before?.offsetMs === stretch.offsetMs) stretches[stretches.length - 1] = { ...before, end: to };
      else stretches.push({ start: from, end: to, offsetMs: stretch.offsetMs });
    }
  }
  return stretches;
}

/** What a clock in the zone shows at an instant. */
export interface WallTime {
  /** Days of the local date since 1970-01-01. */
  readonly date: number;
  readonly day: DayOfWeek;
  /** Whole seconds since local midnight, by the clock's face: 0 to 86399. */
  readonly second: number;
}

/** Wall time of `at` in `zone`; fractions of a second are cut off. */
export function wallTimeAt(zone: TimeZone, at: EpochMs): WallTime {
  const [stretch] = offsetStretches(zone, { start: at, end: at + 1 });
  if (stretch === undefined) throw new Error(`No offset of ${zone} at ${String(at)}.`);
  const local = at + stretch.offsetMs;
  const date = Math.floor(local / dayMs);
  return { date, day: dayOfWeek(date), second: Math.floor((local - date * dayMs) / 1000) };
}

/** Weekday of a local date given in days since 1970-01-01 (a Thursday). */
export function dayOfWeek(date: number): DayOfWeek {
  const day = (((date + 3) % 7) + 7) % 7;
  return weekdays[day]!;
}

const weekdays: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
