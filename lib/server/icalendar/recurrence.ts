import { RRuleTemporal } from "rrule-temporal";
import type { Interval } from "@/lib/uptime/types";
import { parseTime, timeText, type WrittenTime } from "./calendar-values";
import { EventFault } from "./calendar-fault";
import type { ContentLine } from "./content-lines";
import { dayMs } from "@/lib/uptime/units";

const within = (least: number, most: number) => (text: string) => {
  const number = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most && (number !== 0 || least === 0);
};
const listOf = (isGood: (text: string) => boolean) => (text: string) => text.split(",").every(isGood);
const weekday = /^(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$/;
const positive = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) > 0;

/** The library ignores a value that it does not know, so each is checked. */
const parts = new Map<string, (text: string) => boolean>([
  ["FREQ", (text) => /^(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)$/.test(text)],
  ["INTERVAL", positive],
  ["COUNT", positive],
  ["UNTIL", (text) => parseTime(text) !== null],
  ["WKST", (text) => /^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(text)],
  ["BYDAY", listOf((text) => weekday.test(text))],
  ["BYMONTH", listOf(within(1, 12))],
  ["BYMONTHDAY", listOf(within(-31, 31))],
  ["BYYEARDAY", listOf(within(-366, 366))],
  ["BYWEEKNO", listOf(within(-53, 53))],
  ["BYSETPOS", listOf(within(-366, 366))],
  ["BYHOUR", listOf(within(0, 23))],
  ["BYMINUTE", listOf(within(0, 59))],
  ["BYSECOND", listOf(within(0, 59))],
]);

/** A rule that has been checked. */
export interface Rule {
  readonly parts: ReadonlyMap<string, string>;
  readonly line: number;
}

/** @throws EventFault */
export function readRule({ value, line }: ContentLine): Rule {
  const found = new Map<string, string>();
  for (const part of value.trim().toUpperCase().split(";")) {
    if (part === "") continue;
    const [name = "", text = ""] = part.split("=");
    const isGood = parts.get(name);
    if (name === "FREQ" && (text === "SECONDLY" || text === "MINUTELY")) {
      throw new EventFault(
        line,
        "it repeats more often than hourly, which is not supported. Use FREQ=HOURLY or longer.",
      );
    }
    if (isGood === undefined) throw new EventFault(line, `its rule has ${name}, which is not supported. Remove it.`);
    if (!isGood(text)) throw new EventFault(line, `its rule has ${name}=${text.slice(0, 40)}, which is not valid.`);
    found.set(name, text);
  }
  if (!found.has("FREQ")) throw new EventFault(line, "its rule has no FREQ, such as FREQ=WEEKLY.");
  return { parts: found, line };
}

/** Whether a rule counts hours, not times of a clock: then a repeated hour counts twice. */
export function countsHours({ parts: found }: Rule): boolean {
  return found.get("FREQ") === "HOURLY" && ![...found.keys()].some((name) => name.startsWith("BY"));
}

/** Far more than a calendar of closings needs; what goes on longer is refused, not computed. */
export const mostSteps = 10_000;

/**
 * The starts that a rule makes within a range, the first one included even if it does not fit the rule. The library
 * computes with UTC only: all times are those of one clock without changes.
 * @param first in ms of that clock   @param until the latest start on that clock   @throws EventFault
 */
export function expandRule(rule: Rule, first: number, until: number | null, range: Interval): number[] {
  const written = [...rule.parts].filter(([name]) => name !== "UNTIL").map(([name, text]) => `${name}=${text}`);
  const text = [...written, ...(until === null ? [] : [`UNTIL=${timeText(until)}`])].join(";");
  try {
    const library = new RRuleTemporal({
      rruleString: `DTSTART:${timeText(first)}\nRRULE:${text}`,
      includeDtstart: true,
      maxIterations: mostSteps,
      maxCandidateEvaluations: mostSteps,
    });
    const starts = library.between(new Date(range.start), new Date(range.end), true);
    return starts.map(({ epochMilliseconds }) => epochMilliseconds);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "";
    if (/maximum/i.test(reason))
      throw new EventFault(rule.line, "it repeats too often to be computed. Use a shorter rule.");
    throw new EventFault(rule.line, `its rule is not valid: ${reason.slice(0, 100)}.`);
  }
}

/** UNTIL on the clock of the start: a date includes its whole day. @param toWall from an instant to that clock */
export function untilOf(rule: Rule, toWall: (at: number) => number): number | null {
  const text = rule.parts.get("UNTIL");
  const until: WrittenTime | null = text === undefined ? null : parseTime(text);
  if (until === null) return null;
  if (until.isDate) return until.wallMs + dayMs - 1_000;
  return until.isUtc ? toWall(until.wallMs) : until.wallMs;
}
