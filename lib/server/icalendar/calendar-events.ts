import { dayMs } from "@/lib/uptime/units";
import { EventFault } from "./calendar-fault";
import { parseDuration, type Length } from "./calendar-values";
import { propertyOf, textOfProperty, type Component } from "./components";
import { readTime, timeAtWall, type EventTime, type EventZones } from "./event-zones";
import { readRule, type Rule } from "./recurrence";

/** A VEVENT: an event, a series of them, or the replacement of some events of a series. */
export interface CalendarEvent {
  readonly uid: string;
  readonly line: number;
  readonly title: string;
  readonly sequence: number;
  readonly isCancelled: boolean;
  readonly isTentative: boolean;
  readonly start: EventTime;
  readonly length: Length;
  readonly rules: readonly Rule[];
  readonly excludedRules: readonly Rule[];
  readonly extraDates: readonly (EventTime & { readonly length?: Length })[];
  readonly excludedDates: readonly EventTime[];
  /** The start of the event that this one replaces. */
  readonly replaces: EventTime | null;
  /** Whether it replaces the later ones, too (RANGE=THISANDFUTURE). */
  readonly isFromThere: boolean;
}

function lengthOf(component: Component, start: EventTime, zones: EventZones): Length {
  const end = propertyOf(component, "DTEND");
  const duration = propertyOf(component, "DURATION");
  if (end !== undefined) {
    const time = readTime(end, zones);
    if (time.isDate !== start.isDate)
      throw new EventFault(end.line, "its start is a date and its end is not, or the other way round.");
    // An all-day event whose end is its start lasts that day, as several programs write it.
    if (start.isDate) return { wallMs: Math.max(dayMs, time.wallMs - start.wallMs), exactMs: 0 };
    if (time.at <= start.at) throw new EventFault(end.line, "it ends before it starts, or when it starts.");
    // The end keeps its time on the clock of the start, as calendar programs show a repeated event.
    const wallMs = time.zone === start.zone ? time.wallMs - start.wallMs : null;
    return wallMs === null ? { wallMs: 0, exactMs: time.at - start.at } : { wallMs, exactMs: 0 };
  }
  if (duration === undefined) {
    if (start.isDate) return { wallMs: dayMs, exactMs: 0 };
    throw new EventFault(component.line, "it has neither an end nor a duration.");
  }
  const length = parseDuration(duration.value);
  if (length === null || length.wallMs + length.exactMs <= 0) {
    throw new EventFault(duration.line, `its DURATION ${duration.value.slice(0, 40)} is not one such as PT8H or P1D.`);
  }
  return start.isDate ? { wallMs: Math.max(dayMs, length.wallMs + length.exactMs), exactMs: 0 } : length;
}

/** Outlook writes an all-day event as midnight to midnight, and says so. */
function isOutlookDay(component: Component, start: EventTime): boolean {
  const flag = propertyOf(component, "X-MICROSOFT-CDO-ALLDAYEVENT")?.value.trim().toUpperCase();
  return flag === "TRUE" && start.wallMs % dayMs === 0;
}

const asDate = (time: EventTime): EventTime => ({ ...time, at: time.wallMs, isDate: true });

function extraDates(component: Component, zones: EventZones): (EventTime & { readonly length?: Length })[] {
  const properties = component.properties.filter(({ name }) => name === "RDATE");
  return properties.flatMap((property) =>
    property.value.split(",").map((text) => {
      const [from = "", to] = text.split("/");
      const start = readTime(property, zones, from);
      if (to === undefined) return start;
      const length = /^[+-]?P/i.test(to)
        ? parseDuration(to)
        : { wallMs: 0, exactMs: readTime(property, zones, to).at - start.at };
      if (length === null || length.wallMs + length.exactMs <= 0) {
        throw new EventFault(property.line, `its RDATE has the period ${text.slice(0, 60)}, which is not valid.`);
      }
      return { ...start, length };
    }),
  );
}

/** @throws EventFault */
export function readEvent(component: Component, zones: EventZones): CalendarEvent {
  const rulesOf = (name: string) => component.properties.filter((one) => one.name === name).map(readRule);
  const startLine = propertyOf(component, "DTSTART");
  const recurrence = propertyOf(component, "RECURRENCE-ID");
  if (startLine === undefined) throw new EventFault(component.line, "it has no DTSTART.");
  const written = readTime(startLine, zones);
  const length = lengthOf(component, written, zones);
  const isDay = !written.isDate && isOutlookDay(component, written);
  const toOwn = (time: EventTime): EventTime => (isDay ? asDate(time) : time);
  const status = propertyOf(component, "STATUS")?.value.trim().toUpperCase();
  const excluded = component.properties.filter(({ name }) => name === "EXDATE");
  return {
    uid: propertyOf(component, "UID")?.value ?? `line ${String(component.line)}`,
    line: component.line,
    title: textOfProperty(propertyOf(component, "SUMMARY")),
    sequence: Number(propertyOf(component, "SEQUENCE")?.value ?? 0) || 0,
    isCancelled: status === "CANCELLED",
    isTentative: status === "TENTATIVE",
    start: toOwn(written),
    length,
    rules: rulesOf("RRULE"),
    excludedRules: rulesOf("EXRULE"),
    extraDates: extraDates(component, zones).map((time) => ({ ...time, ...toOwn(time) })),
    excludedDates: excluded.flatMap((property) =>
      property.value.split(",").map((text) => toOwn(readTime(property, zones, text))),
    ),
    replaces: recurrence === undefined ? null : toOwn(readTime(recurrence, zones)),
    isFromThere: recurrence?.params.get("RANGE")?.toUpperCase() === "THISANDFUTURE",
  };
}

/** The end of an event: days and time on its clock first, then exact time. */
export function endOf(start: EventTime, { wallMs, exactMs }: Length): number {
  if (start.isDate) return start.wallMs + wallMs;
  return (wallMs === 0 ? start.at : timeAtWall(start, start.wallMs + wallMs).at) + exactMs;
}
