import { daySeconds } from "@/lib/uptime/units";

/** Which of the two times of a row is meant. */
export type TimeSide = "start" | "end";

/** `HH:MM`, or null for what is no time of a clock. */
function clockText(hours: number, minutes: number): string | null {
  if (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

const write = (time: string | null): string | undefined => (time === null ? undefined : `write ${time}`);

/** Midnight as the start of a day, or as its end. */
const midnight = (side: TimeSide): string => (side === "start" ? "00:00" : "24:00");

const dayParts = new Map([
  ["noon", "12:00"],
  ["midday", "12:00"],
  ["mittag", "12:00"],
  ["mittags", "12:00"],
]);
const midnights = new Set(["midnight", "mitternacht"]);
const wholeDay = /^(24\s*h(ou)?rs?|24\s*h|24\/7|(open )?24 hours|all day|always( open)?)$/;
const closedWords = new Set(["close", "off", "shut", "geschlossen", "ruhetag", "-", "–", "—", "n/a", "none", "null"]);

function twelveHourHint(lower: string, side: TimeSide): string | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?(?:[:.]\d{2})?\s*([ap])\.?\s*m\.?$/.exec(lower);
  if (match === null) return undefined;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  const onClock = hours > 12 ? hours : (hours % 12) + (match[3] === "p" ? 12 : 0);
  const isMidnight = onClock === 0 && minutes === 0;
  const time = isMidnight ? midnight(side) : clockText(onClock, minutes);
  return `write the time on the 24-hour clock${time === null ? "" : `: ${time}`}`;
}

/** Times of a clock in other notations: 1100, 9, 9.30, 9h30, 9 Uhr. */
function notationHint(lower: string): string | undefined {
  const spoken = /^(\d{1,2})(?:[:.h]\s*(\d{2}))?\s*(?:uhr|h|hrs?|o.?clock)$/.exec(lower);
  if (spoken !== null) return write(clockText(Number(spoken[1]), Number(spoken[2] ?? 0)));
  const french = /^(\d{1,2})\s*h\s*(\d{2})$/.exec(lower);
  if (french !== null) return write(clockText(Number(french[1]), Number(french[2])));
  if (/^\d{3,4}$/.test(lower)) return write(clockText(Number(lower.slice(0, -2)), Number(lower.slice(-2))));
  if (/^\d{1,2}$/.test(lower)) return write(clockText(Number(lower), 0));
  if (/^0?[.,]\d{3,}$/.test(lower)) {
    const minutes = Math.round(Number(lower.replace(",", ".")) * 1_440);
    const time = clockText(Math.floor(minutes / 60), minutes % 60);
    return `this is a spreadsheet's fraction of a day; format the column as a time${time === null ? "" : `, here ${time}`}`;
  }
  const points = /^(\d{1,2})[.,](\d{2})([.,]\d{2})?$/.exec(lower);
  if (points === null) return undefined;
  const time = clockText(Number(points[1]), Number(points[2]));
  return `write the time with colons, such as ${time ?? "09:00"}`;
}

/** Clock times that lie on the next day, and those with too many or too few digits. */
function clockHint(lower: string, side: TimeSide): string | undefined {
  const match = /^(\d{1,2}):(\d{1,2})(?::(\d{2}))?([.,]\d+)?$/.exec(lower);
  if (match === null) return undefined;
  const [, hourText = "", minuteText = "", secondText = "00", fraction] = match;
  const [hours, minutes] = [Number(hourText), Number(minuteText)];
  if (minuteText.length === 1) return "write the minutes with two digits, such as 09:05";
  if (minutes > 59 || Number(secondText) > 59) return "minutes and seconds go from 00 to 59";
  if (fraction !== undefined) return "leave out fractions of a second";
  if (hours < 24) return undefined;
  const later = clockText(hours - 24, minutes);
  if (side === "start")
    return later === null ? undefined : `this lies on the next day: write ${later} in a row of that day`;
  if (hours === 24) return "write 24:00 for midnight, or 00:01 for a minute after it";
  return "the latest end is 48:00, midnight at the end of the next day";
}

/**
 * What to write instead of a text that is no time of day, where it is clear what was meant.
 * @param text the field, trimmed
 */
export function wallTimeHint(text: string, side: TimeSide): string | undefined {
  const lower = text.toLowerCase();
  if (lower === "") return "give both times; leave both empty only for a closed day";
  const part = dayParts.get(lower) ?? (midnights.has(lower) ? midnight(side) : undefined);
  if (part !== undefined) return `write ${part}`;
  if (wholeDay.test(lower)) return "write 00:00 as the start and 24:00 as the end";
  if (closedWords.has(lower)) return "to close the day, write closed";
  if (/^\d{1,2}[:.]?\d*\s*(-|–|—|to|bis)\s*\d{1,2}([:.]\d{2})?$/.test(lower) && !/^\d{1,2}:\d{2}:\d{2}-/.test(lower)) {
    return "write start and end in separate fields, in local time without a zone";
  }
  if (/^\d{4}-\d{2}-\d{2}/.test(lower)) return "write only the time, such as 09:00";
  const hint = twelveHourHint(lower, side) ?? notationHint(lower) ?? clockHint(lower, side);
  if (hint !== undefined) return hint;
  return /[+-]\d\d(:?\d\d)?$|[a-z]$/.test(lower) ? "write the store's local time without a zone" : undefined;
}

const shownTime = (second: number): string =>
  clockText(Math.floor((second % daySeconds) / 3600), Math.floor(second / 60) % 60) ?? "00:00";

/**
 * What to write instead of a row whose end equals its start, or that ends on the next day after 24 hours or more.
 * @param start, end seconds after midnight
 */
export function rowLengthHint(start: number, end: number): string {
  const from = shownTime(start);
  if (end > daySeconds) {
    const to = end === 2 * daySeconds ? "24:00" : shownTime(end);
    return `a row that ends on the next day lasts less than 24 hours: write ${from} to 24:00 and, on the next day, 00:00 to ${to}`;
  }
  return `start and end are the same; the whole day is 00:00 to 24:00, and 24 hours from ${from} are ${from} to 24:00 and, on the next day, 00:00 to ${from}`;
}

const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** What to write instead of a text that is no day from 0 to 6, where it is clear what was meant. */
export function dayHint(text: string): string | undefined {
  const lower = text.toLowerCase().replace(/\.$/, "");
  const named = lower.length < 2 ? -1 : dayNames.findIndex((name) => name.toLowerCase().startsWith(lower));
  if (named >= 0) return `write ${String(named)} for ${dayNames[named] ?? ""}`;
  if (/^[0-6]\.0+$/.test(lower)) return `write ${lower.slice(0, 1)}`;
  if (lower === "7") return "days go from 0 (Monday) to 6 (Sunday); if the file counts from 1, lower every day by 1";
  return undefined;
}
