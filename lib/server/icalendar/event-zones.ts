import { windowsZone } from "@/lib/server/zones/suggest-time-zone";
import { instantOf, wallAt } from "@/lib/uptime/wall-instant";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { zoneTable, type OffsetChange, type ZoneTable } from "@/lib/uptime/zone-table";
import type { Interval } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";
import { EventFault } from "./calendar-fault";
import { parseOffset, parseTime, type WrittenTime } from "./calendar-values";
import { propertyOf, type Component } from "./components";
import type { ContentLine } from "./content-lines";
import { expandWithin } from "./expand-within";
import { readRule, untilOf } from "./recurrence";
import type { WorkLimit } from "./work-limit";

const utc = zoneTable({ offsetMs: 0, abbreviation: "UTC" }, []);

/** A name of our rules for a TZID: as it is, within a vendor's path, or of Windows and Outlook. */
export function knownName(tzid: string): string | null {
  const rules = zoneRules();
  const parts = tzid.split("/").filter((part) => part !== "");
  for (const count of [parts.length, 3, 2, 1]) {
    if (count > parts.length) continue;
    const name = rules.spell(parts.slice(-count).join("/"));
    if (name !== null && (count > 1 || parts.length === 1)) return name;
  }
  return windowsZone(tzid);
}

/** The changes of one observance of a VTIMEZONE, and what was observed before them. */
function observance(
  { properties }: Component,
  range: Interval,
  limit: WorkLimit,
): { first: number; changes: OffsetChange[] } | null {
  const textOf = (name: string): string => properties.find((one) => one.name === name)?.value ?? "";
  const [start, before, offsetMs] = [
    parseTime(textOf("DTSTART")),
    parseOffset(textOf("TZOFFSETFROM")),
    parseOffset(textOf("TZOFFSETTO")),
  ];
  if (start === null || before === null || offsetMs === null) return null;
  const walls = [start.wallMs];
  for (const property of properties) {
    if (property.name === "RDATE") {
      for (const text of property.value.split(",")) {
        const time = parseTime(text);
        if (time !== null) walls.push(time.wallMs);
      }
    }
    if (property.name !== "RRULE") continue;
    const rule = readRule(property);
    const years = { start: Math.max(start.wallMs, range.start - 800 * dayMs), end: range.end + 800 * dayMs };
    walls.push(
      ...expandWithin(
        rule,
        start.wallMs,
        untilOf(rule, (at) => at + before),
        years,
        limit,
      ),
    );
  }
  return { first: before, changes: walls.map((wall) => ({ at: wall - before, offsetMs, abbreviation: "" })) };
}

/** The offsets that a VTIMEZONE defines, around a range. @throws EventFault */
function definedZone(component: Component, range: Interval, limit: WorkLimit): ZoneTable {
  const observances = component.children.map((child) => observance(child, range, limit)).filter((one) => one !== null);
  const changes = observances.flatMap((one) => one.changes).toSorted((a, b) => a.at - b.at);
  const [earliest] = observances.toSorted((a, b) => (a.changes[0]?.at ?? 0) - (b.changes[0]?.at ?? 0));
  if (earliest === undefined) {
    throw new EventFault(component.line, "its time zone has no STANDARD or DAYLIGHT part with offsets.");
  }
  return zoneTable({ offsetMs: earliest.first, abbreviation: "" }, changes);
}

/** The time zones of one calendar. Ours go before those that it defines, whose rules may be old. */
export class EventZones {
  readonly #tables = new Map<string, ZoneTable>();
  readonly #defined: ReadonlyMap<string, Component>;
  readonly #floating: ZoneTable;
  readonly #range: Interval;
  readonly #limit: WorkLimit;

  /** @param floating of times without a zone   @param range of instants */
  constructor(calendar: Component, floating: ZoneTable, range: Interval, limit: WorkLimit) {
    const zones = calendar.children.filter(({ name }) => name === "VTIMEZONE");
    this.#defined = new Map(zones.map((zone) => [propertyOf(zone, "TZID")?.value ?? "", zone]));
    this.#floating = floating;
    this.#range = range;
    this.#limit = limit;
  }

  /** The zone of a time. @throws EventFault */
  of(property: ContentLine, { isDate, isUtc }: WrittenTime): ZoneTable {
    if (isUtc || isDate) return utc;
    const tzid = property.params.get("TZID");
    if (tzid === undefined || tzid === "") return this.#floating;
    const table = this.#tables.get(tzid) ?? this.#find(tzid, property.line);
    this.#tables.set(tzid, table);
    return table;
  }

  #find(tzid: string, line: number): ZoneTable {
    const component = this.#defined.get(tzid);
    const location = component === undefined ? undefined : propertyOf(component, "X-LIC-LOCATION")?.value;
    const name = knownName(tzid) ?? (location === undefined ? null : knownName(location));
    if (name !== null) return zoneRules().tableOf(name);
    if (component !== undefined) return definedZone(component, this.#range, this.#limit);
    throw new EventFault(
      line,
      `the calendar does not define its time zone ${tzid.slice(0, 60)}. Use a name such as America/New_York.`,
    );
  }
}

/** A time on the clock of its zone, and its instant. A date has no zone: both are its midnight as if it were UTC. */
export interface EventTime {
  readonly wallMs: number;
  readonly at: number;
  readonly isDate: boolean;
  readonly zone: ZoneTable;
}

/** Reads a date or a date and time. @throws EventFault */
export function readTime(property: ContentLine, zones: EventZones, text = property.value): EventTime {
  const time = parseTime(text);
  if (time === null) {
    const dashed = /^\d{4}-\d{2}-\d{2}/.test(text) ? " Write dates without dashes and colons." : "";
    throw new EventFault(
      property.line,
      `its ${property.name} ${text.slice(0, 40)} is not a time such as 20261224T180000.${dashed}`,
    );
  }
  const zone = zones.of(property, time);
  return { wallMs: time.wallMs, at: instantOf(zone, time.wallMs), isDate: time.isDate, zone };
}

/** The time at a wall time of a zone. */
export function timeAtWall({ isDate, zone }: Pick<EventTime, "isDate" | "zone">, wallMs: number): EventTime {
  return { wallMs, at: instantOf(zone, wallMs), isDate, zone };
}

/** The time at an instant. */
export function timeAt({ isDate, zone }: Pick<EventTime, "isDate" | "zone">, at: number): EventTime {
  return { wallMs: wallAt(zone, at), at, isDate, zone };
}
