import type { EpochMs } from "@/lib/uptime/types";

/**
 * How the zone was written: `utc`, an `offset` other than zero, `implied` (HTTP's oldest date format is in UTC without
 * saying so), or `none`.
 */
export type WrittenZone = "utc" | "offset" | "implied" | "none";

export interface ReadInstant {
  /** Truncated to the millisecond, not rounded. */
  readonly at: EpochMs;
  readonly zone: WrittenZone;
}

/** Why a text is not an instant, with the remedy, as the second half of a sentence. */
export class UnreadableInstant {
  constructor(
    readonly code: "bad_timestamp" | "ambiguous_zone",
    readonly reason: string,
  ) {}
}

export const instantExample = "2023-01-25T18:13:22Z";

const bad = (reason: string): UnreadableInstant => new UnreadableInstant("bad_timestamp", reason);
const unknownForm = bad(`expected a time such as ${instantExample}`);

const twelveHours = bad(`write the time of day from 00:00 to 23:59, as in ${instantExample}`);

const zone = String.raw`(?<zone>[A-Za-z+-][A-Za-z0-9:+/_ -]*)?`;
const clock = String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d+))?)?`;
const month = "(?<month>[A-Za-z]{3})";
const weekday = "(?<weekday>[A-Za-z]{3,9})";

/** A year, a month, a day, a time and optionally a zone. A note after it, in brackets, repeats the zone for people. */
const forms = [
  // ISO 8601, RFC 3339, and the variants of languages and databases: 2023-01-25 18:13:22.123456+00
  String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[Tt]| +)${clock} *${zone}`,
  // ISO 8601, basic: 20230125T181322Z
  String.raw`(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)[Tt](?<hour>\d\d)(?<minute>\d\d)(?:(?<second>\d\d)(?:[.,](?<fraction>\d+))?)? *${zone}`,
  // RFC 9110 and 5322: Wed, 25 Jan 2023 18:13:22 GMT; RFC 850: Wednesday, 25-Jan-23 18:13:22 GMT
  `(?:${weekday}, *)?(?<day>\\d{1,2})[ -]${month}[ -](?<year>\\d{4}|\\d\\d) ${clock} *${zone}`,
  // asctime: Wed Jan 25 18:13:22 2023; date: Wed Jan 25 18:13:22 UTC 2023
  `${weekday} ${month} +(?<day>\\d{1,2}) ${clock} (?:${zone} )?(?<year>\\d{4})`,
  // JavaScript: Wed Jan 25 2023 18:13:22 GMT+0000 (Coordinated Universal Time)
  `${weekday} ${month} (?<day>\\d\\d) (?<year>\\d{4}) ${clock} *${zone}`,
  // Logs of web servers: 25/Jan/2023:18:13:22 +0000
  String.raw`(?<day>\d\d)/(?<month>[A-Za-z]{3})/(?<year>\d{4}):${clock} *${zone}`,
].map((form) => new RegExp(`^${form}(?: *(?:\\([^()]*\\)|\\[[^\\[\\]]*\\]))?$`));
const asctime = 3;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** No place on earth is farther from UTC than this. */
const farthestMinutes = 14 * 60;

/** @returns ms east of UTC */
export function offsetMs(sign: 1 | -1, hours: number, minutes: number): number | UnreadableInstant {
  const total = hours * 60 + minutes;
  if (minutes > 59 || total > farthestMinutes) return bad("offsets from UTC go from -14:00 to +14:00");
  return total === 0 ? 0 : sign * total * 60_000;
}

/** The offset of a written zone in ms east of UTC. */
function readZone(text: string): number | UnreadableInstant {
  if (/^(Z|UTC?|GMT|Etc\/UTC|Zulu)$/i.test(text)) return 0;
  // A name after an offset repeats it: +0000 UTC, +0100 CET.
  const match = /^(?:UTC|GMT)?([+-])(\d\d)(?::?(\d\d))?(?: +[A-Za-z]{1,5}| +[+-]\d\d(?:\d\d)?)?$/i.exec(text);
  if (match !== null) return offsetMs(match[1] === "-" ? -1 : 1, Number(match[2]), Number(match[3] ?? "0"));
  if (/^[A-Za-z][A-Za-z_/+-]*\d{0,2}$/.test(text) && !/^(AM|PM|BC|AD|BCE|CE|T|UTC.*|GMT.*)$/i.test(text)) {
    return new UnreadableInstant("ambiguous_zone", `${text} is ambiguous; write the time in UTC`);
  }
  if (/^[AP]M\b/i.test(text)) return twelveHours;
  return bad(`the zone is not readable; write Z, UTC or an offset such as +00:00 after the time`);
}

/** Common notations that are not instants, with what to write instead. */
const known: readonly (readonly [RegExp, UnreadableInstant])[] = [
  [/^\d{9,19}(\.\d+)?$/, bad(`this looks like epoch time; write it as a UTC date such as ${instantExample}`)],
  [/^\d{4,6}(\.\d+)?$/, bad("this looks like a spreadsheet's serial date; export dates as text")],
  [/^\d{4}-\d\d-\d\d$|^\d{8}$/, bad(`the time of day is missing; write it as in ${instantExample}`)],
  [/^\d\d?[/.-]\d\d?[/.-]\d{4}\b/, bad(`day and month could be either; write the year first, as in ${instantExample}`)],
  [/\d:\d\d(:\d\d)? ?[AP]M\b/i, twelveHours],
  [/:\d\d(\.\d+)? \d\d:?\d\d$/, bad("the sign of the offset is missing; in an address + is written %2B")],
  [/[T ]\d\d:\d\d[.,]\d+/i, bad("write seconds before their fraction")],
];

/**
 * The only parser of instants in input: every spelling of UTC that common software writes, and offsets. The calendar is
 * strict: nothing rolls over, and leap seconds and 24:00 are rejected, because systems differ in which instant they
 * mean. Numbers (epoch times, serial dates) are rejected, because their unit is unknown.
 */
export function readInstant(text: string): ReadInstant | UnreadableInstant {
  const written = text.trim();
  for (const [index, form] of forms.entries()) {
    const groups = form.exec(written)?.groups;
    if (groups === undefined) continue;
    const local = readLocal(groups);
    if (local instanceof UnreadableInstant) return local;
    const named = groups["zone"]?.trim();
    if (named === undefined || named === "") return { at: local, zone: index === asctime ? "implied" : "none" };
    const offset = readZone(named);
    if (offset instanceof UnreadableInstant) return offset;
    return { at: local - offset, zone: offset === 0 ? "utc" : "offset" };
  }
  return known.find(([form]) => form.test(written))?.[1] ?? unknownForm;
}

/** The written time, as if it were UTC. */
function readLocal(groups: Readonly<Record<string, string | undefined>>): EpochMs | UnreadableInstant {
  const { fraction = "", weekday: dayName } = groups;
  const [year, hour, minute, second] = [groups["year"], groups["hour"], groups["minute"], groups["second"] ?? "0"].map(
    Number,
  ) as [number, number, number, number];
  const monthText = groups["month"]?.toLowerCase() ?? "";
  const monthIndex = /^\d/.test(monthText) ? Number(monthText) - 1 : months.indexOf(monthText);
  const day = Number(groups["day"]);
  // Two-digit years are in this century, except those that RFC 9110 assigns to the last one.
  const fullYear = groups["year"]?.length === 2 ? year + (year < 77 ? 2000 : 1900) : year;
  const date = new Date(0);
  date.setUTCFullYear(fullYear, monthIndex, day);
  if (monthIndex < 0 || date.getUTCMonth() !== monthIndex || date.getUTCDate() !== day)
    return bad("there is no such date");
  if (hour === 24 && minute === 0 && second === 0) return bad("24:00 is not accepted; write 00:00 of the next day");
  if (second === 60) return bad("leap seconds are not accepted; write :59 or the next minute");
  if (hour > 23 || minute > 59 || second > 59) return bad("there is no such time of day");
  if (fraction.length > 9) return bad("a fraction of a second has at most nine digits");
  if (dayName !== undefined && !isDayName(dayName, date.getUTCDay()))
    return bad("the date falls on another day of the week");
  const ms = Number(fraction.slice(0, 3).padEnd(3, "0"));
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1_000 + ms;
}

function isDayName(text: string, day: number): boolean {
  const name = weekdays[day] ?? "";
  return text.toLowerCase() === name || text.toLowerCase() === name.slice(0, 3);
}
