import type { Interval } from "@/lib/uptime/types";
import { dayMs, hourMs } from "@/lib/uptime/units";
import { wallAt } from "@/lib/uptime/wall-instant";
import { endOf, type CalendarEvent } from "./calendar-events";
import type { Length } from "./calendar-values";
import { timeAt, timeAtWall, type EventTime } from "./event-zones";
import { expandWithin } from "./expand-within";
import { countsHours, untilOf, type Rule } from "./recurrence";
import type { WorkLimit } from "./work-limit";

/** One event of a series. */
export interface Occurrence {
  readonly start: EventTime;
  /** An instant; of dates the midnight after the last one as if it were UTC. */
  readonly end: number;
  readonly title: string;
}

interface Start {
  readonly time: EventTime;
  readonly length: Length;
}

/** The second of two instants with one wall time. */
function repeated(time: EventTime): EventTime[] {
  const second = time.at + hourMs;
  return !time.isDate && wallAt(time.zone, second) === time.wallMs ? [timeAt(time, second)] : [];
}

function startsOf(rule: Rule, { start }: CalendarEvent, range: Interval, limit: WorkLimit): readonly EventTime[] {
  if (countsHours(rule) && !start.isDate) {
    const until = untilOf(rule, (at) => at);
    const starts = expandWithin(rule, start.at, until, range, limit);
    return starts.map((at) => timeAt(start, at));
  }
  const until = untilOf(rule, (at) => wallAt(start.zone, at));
  const starts = expandWithin(rule, start.wallMs, until, range, limit);
  const times = starts.map((wallMs) => timeAtWall(start, wallMs));
  return rule.parts.get("FREQ") === "HOURLY" ? times.flatMap((time) => [time, ...repeated(time)]) : times;
}

const isSameStart = (time: EventTime, other: EventTime): boolean =>
  time.isDate === other.isDate
    ? time.at === other.at
    : Math.floor(time.wallMs / dayMs) === Math.floor(other.wallMs / dayMs);

/** The starts of a series, before some of its events are replaced. */
function plainStarts(event: CalendarEvent, range: Interval, limit: WorkLimit): readonly Start[] {
  const found = new Map<number, Start>();
  const add = (time: EventTime, length = event.length): void => {
    if (!found.has(time.at)) found.set(time.at, { time, length });
  };
  // An event happens at its own start, whatever its rule and its extra dates are.
  add(event.start);
  for (const rule of event.rules) for (const time of startsOf(rule, event, range, limit)) add(time);
  for (const { length, ...time } of event.extraDates) add(time, length);
  const excluded = event.excludedRules.flatMap((rule) => startsOf(rule, event, range, limit));
  const left = new Set(excluded.map(({ at }) => at));
  const [dates, times] = [new Set<number>(), new Set<number>()];
  for (const one of event.excludedDates) {
    if (one.isDate === event.start.isDate) times.add(one.at);
    else dates.add(Math.floor(one.wallMs / dayMs));
  }
  return [...found.values()].filter(
    ({ time }) => !left.has(time.at) && !times.has(time.at) && !dates.has(Math.floor(time.wallMs / dayMs)),
  );
}

interface Replacement extends CalendarEvent {
  readonly replaces: EventTime;
}

const isReplacement = (event: CalendarEvent): event is Replacement => event.replaces !== null;

const occurrenceOf = (start: EventTime, length: Length, title: string): Occurrence => ({
  start,
  end: endOf(start, length),
  title,
});

/** What a start becomes through the last replacement of it and what follows; null: cancelled. */
function moved({ time, length }: Start, event: CalendarEvent, from: readonly Replacement[]): Occurrence | null {
  const last = from.findLast(({ replaces }) => replaces.at <= time.at);
  if (last === undefined) return occurrenceOf(time, length, event.title);
  if (last.isCancelled) return null;
  const start = timeAtWall(last.start, time.wallMs + last.start.wallMs - last.replaces.wallMs);
  return occurrenceOf(start, last.length, last.title);
}

/** The latest version of each event: a calendar may hold older ones. */
function latestVersions(events: readonly CalendarEvent[]): readonly CalendarEvent[] {
  const latest = new Map<number | null, CalendarEvent>();
  for (const event of events) {
    const key = event.replaces?.at ?? null;
    if (event.sequence >= (latest.get(key)?.sequence ?? 0)) latest.set(key, event);
  }
  return [...latest.values()];
}

const longer = (a: number, { length }: CalendarEvent): number => Math.max(a, length.wallMs + length.exactMs);

/**
 * The events of one UID that touch a range; more may be returned around it.
 * @throws EventFault, CalendarFault when there is too much to compute
 */
export function occurrencesOf(
  events: readonly CalendarEvent[],
  range: Interval,
  limit: WorkLimit,
): readonly Occurrence[] {
  const versions = latestVersions(events);
  const replacements = versions.filter(isReplacement).toSorted((a, b) => a.replaces.at - b.replaces.at);
  const from = replacements.filter(({ isFromThere }) => isFromThere);
  const single = replacements.filter(({ isFromThere }) => !isFromThere);
  const own = single
    .filter(({ isCancelled }) => !isCancelled)
    .map(({ start, length, title }) => occurrenceOf(start, length, title));
  const event = versions.find(({ replaces }) => replaces === null);
  if (event === undefined) {
    const rest = from.filter(({ isCancelled }) => !isCancelled);
    return [...own, ...rest.map(({ start, length, title }) => occurrenceOf(start, length, title))];
  }
  if (event.isCancelled) return [];
  const shift = Math.max(0, ...from.map(({ start, replaces }) => Math.abs(start.wallMs - replaces.wallMs)));
  const margin = versions.reduce(longer, 0) + shift + 2 * dayMs;
  const around = { start: range.start - margin, end: range.end + shift + 2 * dayMs };
  const starts = plainStarts(event, around, limit);
  const kept = starts.filter(({ time }) => !single.some(({ replaces }) => isSameStart(replaces, time)));
  return [...kept.flatMap((start) => moved(start, event, from) ?? []), ...own];
}
