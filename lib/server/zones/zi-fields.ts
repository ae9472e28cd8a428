import { dayMs } from "@/lib/uptime/units";

/** The basis of a time of day: local wall time, standard time, or UTC. */
export type TimeBasis = "wall" | "standard" | "utc";

export interface TimeOfDay {
  readonly ms: number;
  readonly basis: TimeBasis;
}

/** A day of the month, or the first or last weekday on or after, or on or before, one. */
export interface DayRule {
  readonly kind: "on" | "last" | "onOrAfter" | "onOrBefore";
  /** Day of the month; unused for `last`. */
  readonly day: number;
  /** 0 = Sunday; unused for `on`. */
  readonly weekday: number;
}

const months = "january february march april may june july august september october november december".split(" ");
const weekdays = "sunday monday tuesday wednesday thursday friday saturday".split(" ");

/** Splits a line at blanks; quoted blanks are kept, and the text after # is a comment. */
export function fieldsOf(line: string): string[] {
  if (!/["#]/.test(line)) return line.split(/\s+/).filter((field) => field !== "");
  const fields = line.match(/(?:"[^"]*"|[^\s"#])+|#.*/g) ?? [];
  const comment = fields.findIndex((field) => field.startsWith("#"));
  return fields.slice(0, comment === -1 ? fields.length : comment).map((field) => field.replaceAll('"', ""));
}

/** zic accepts any unambiguous prefix of a word. */
function indexOf(words: readonly string[], text: string, what: string): number {
  const found = words.filter((word) => text !== "" && word.startsWith(text.toLowerCase()));
  if (found.length !== 1) throw new Error(`${JSON.stringify(text)} is no ${what}`);
  return words.indexOf(found[0]!);
}

/** @returns 0 for January */
export function readMonth(text: string): number {
  return indexOf(months, text, "month");
}

export function readDay(text: string): DayRule {
  if (/^\d{1,2}$/.test(text)) return { kind: "on", day: Number(text), weekday: 0 };
  const last = /^last-?(.+)$/i.exec(text);
  if (last !== null) return { kind: "last", day: 0, weekday: indexOf(weekdays, last[1]!, "day of the week") };
  const [, weekday = "", sign, day] = /^([a-z]+)([<>])=(\d{1,2})$/i.exec(text) ?? [];
  if (day === undefined) throw new Error(`${JSON.stringify(text)} is not a day of a month`);
  const kind = sign === ">" ? "onOrAfter" : "onOrBefore";
  return { kind, day: Number(day), weekday: indexOf(weekdays, weekday, "day of the week") };
}

/** Midnight of a day in a month, as if it were UTC; it may be in the month before or after. @param month 0 = January */
export function dayIn(year: number, month: number, { kind, day, weekday }: DayRule): number {
  if (kind === "last") return dayIn(year, month + 1, { kind: "onOrBefore", day: 0, weekday });
  const at = Date.UTC(year, month, day);
  const ahead = (weekday - new Date(at).getUTCDay() + 7) % 7;
  if (kind === "on") return at;
  return at + (kind === "onOrAfter" ? ahead : ahead === 0 ? 0 : ahead - 7) * dayMs;
}

const bases: Readonly<Record<string, TimeBasis>> = {
  "": "wall",
  w: "wall",
  s: "standard",
  u: "utc",
  g: "utc",
  z: "utc",
};

function readClock(text: string): number | null {
  if (text === "-") return 0;
  const match = /^(-?)(\d{1,3})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?)?$/.exec(text);
  if (match === null) return null;
  const [, sign, hours, minutes = "0", seconds = "0", fraction = "0"] = match;
  // zic rounds a fraction of a second to the nearest second, a half to the even one.
  const part = Number(`0.${fraction}`);
  const whole = Number(seconds);
  const up = part > 0.5 || (part === 0.5 && whole % 2 === 1) ? 1 : 0;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + whole + up) * 1_000;
  return sign === "-" ? 0 - ms : ms;
}

/** Parses `2`, `2:00`, `24`, `-1:30`, `0s`, `1u`: h[:mm[:ss]] and the basis. */
export function readTime(text: string): TimeOfDay {
  const [, clock = "", suffix = ""] = /^(.*?)([wsugz]?)$/i.exec(text) ?? [];
  const ms = readClock(clock);
  const basis = bases[suffix.toLowerCase()];
  if (ms === null || basis === undefined) throw new Error(`${JSON.stringify(text)} is not a time`);
  return { ms, basis };
}

/**
 * Parses an amount that is added to standard time; the suffixes `s` and `d` say whether that is standard or summer
 * time.
 */
export function readAmount(text: string): { readonly saveMs: number; readonly isSummer: boolean } {
  const [, clock = "", suffix = ""] = /^(.*?)([sd]?)$/i.exec(text) ?? [];
  const ms = readClock(clock);
  if (ms === null) throw new Error(`${JSON.stringify(text)} is not an amount of time`);
  return { saveMs: ms, isSummer: suffix === "" ? ms !== 0 : suffix.toLowerCase() === "d" };
}
