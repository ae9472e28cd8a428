import { daySeconds } from "@/lib/uptime/units";

/** Which of the two times of a row is meant. */
export type TimeSide = "start" | "end";

/** `HH:MM`, or null for what is no time of a clock. */
function clockText(hours: number, minutes: number): string | null {
  if (hours > 24 || minutes > 59 || (hours === 24 && minutes > 0)) return null;
  return `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

const shownTime = (second: number): string =>
  clockText(Math.floor((second % daySeconds) / 3600), Math.floor(second / 60) % 60) ?? "00:00";

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
const closedWords = new Set([
  ...[
    "close",
    "off",
    "shut",
    "geschlossen",
    "ruhetag",
    "zu",
    "fermé",
    "ferme",
    "cerrado",
    "chiuso",
    "fechado",
    "gesloten",
  ],
  ...["-", "--", "–", "—", "n/a", "none", "null"],
]);
/** Words for a time that no clock shows. */
const vagueWords =
  /^(open|late|(un)?till? (late|close)|close of business|sunrise|sunset|dawn|dusk|by appointment|varies)$/;

function twelveHourHint(lower: string, side: TimeSide): string | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?(?:[:.]\d{2})?\s*([ap])\.?\s*(?:m\.?)?$/.exec(lower);
  if (match === null) return undefined;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? 0);
  const onClock = hours > 12 ? hours : (hours % 12) + (match[3] === "p" ? 12 : 0);
  const isMidnight = onClock === 0 && minutes === 0;
  const time = isMidnight ? midnight(side) : clockText(onClock, minutes);
  return `write the time on the 24-hour clock${time === null ? "" : `: ${time}`}`;
}

/** A number with decimals: a spreadsheet's fraction of a day, or a time with a point. */
function decimalHint(lower: string): string | undefined {
  const match = /^([01]?)[.,](\d+)$/.exec(lower);
  if (match === null || match[2] === undefined) return undefined;
  const minutes = Math.round(Number(`${match[1] || "0"}.${match[2]}`) * 1_440);
  const time = clockText(Math.floor(minutes / 60), minutes % 60);
  if (time === null) return undefined;
  // 0.30 may be half past midnight as well.
  const asTime = match[2].length === 2 && match[1] !== "" ? clockText(Number(match[1]), Number(match[2])) : null;
  if (asTime !== null) return `write ${asTime}, or ${time} if a spreadsheet wrote it as a fraction of a day`;
  return `this is a spreadsheet's fraction of a day; format the column as a time, here ${time}`;
}

/** Times of a clock in other notations: 1100, 9, 9.30, 9h30, 9 Uhr, 18 Uhr 30. */
function notationHint(lower: string): string | undefined {
  const spoken = /^(\d{1,2})(?:[:.h]\s*(\d{2}))?\s*(?:uhr|h|hrs?|heures?|horas?|o.?clock)\s*(\d{2})?$/.exec(lower);
  if (spoken !== null) return write(clockText(Number(spoken[1]), Number(spoken[2] ?? spoken[3] ?? 0)));
  const digits = /^(\d{1,2})(\d{2})\s*(?:h|hrs?|uhr)?$/.exec(lower);
  if (digits !== null) return write(clockText(Number(digits[1]), Number(digits[2])));
  if (/^\d{1,2}$/.test(lower)) return write(clockText(Number(lower), 0));
  const decimal = decimalHint(lower);
  if (decimal !== undefined) return decimal;
  if (/^\d{5}$/.test(lower)) {
    return `write hours and minutes, not seconds${Number(lower) < daySeconds ? `, here ${shownTime(Number(lower))}` : ""}`;
  }
  const points = /^(\d{1,2})\s?[.,;'’-]\s?(\d{2})([.,]\d{2})?$/.exec(lower);
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
  // Full-width digits and colons, and spaces that do not break.
  const plain = text.normalize("NFKC").trim();
  if (plain !== text && /^\d{1,2}:\d{2}$/.test(plain))
    return `write it in plain digits without special spaces: ${plain.padStart(5, "0")}`;
  if (/\p{Nd}/u.test(text.replace(/\d/g, ""))) return "write the time in the digits 0 to 9, such as 09:00";
  const lower = plain.toLowerCase().replace(/^12(?:[:.]00)?\s*(?=noon|midday|midnight)/, "");
  if (lower === "") return "give both times; leave both empty only for a closed day";
  const part = dayParts.get(lower) ?? (midnights.has(lower) ? midnight(side) : undefined);
  if (part !== undefined) return `write ${part}`;
  if (wholeDay.test(lower)) return "write 00:00 as the start and 24:00 as the end";
  if (closedWords.has(lower)) return "to close the day, write closed";
  if (vagueWords.test(lower))
    return `write the ${side === "start" ? "opening" : "closing"} time, such as ${side === "start" ? "09:00" : "17:00"}`;
  const one = "\\d{1,2}(?:[:.]?\\d{2})?\\s*(?:[ap]\\.?m?\\.?)?";
  const isRange = new RegExp(`^${one}\\s*(?:-|–|—|to|bis|until|till)\\s*${one}(?:\\s*[,;/&].*)?$`).test(lower);
  if (isRange && !/^\d{1,2}-\d{2}$/.test(lower) && !/^\d{1,2}:\d{2}:\d{2}-/.test(lower)) {
    return "write start and end in separate fields, in local time without a zone; a second opening of the day is a row of its own";
  }
  if (/^(\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/\d{2,4}\b|t\d)/.test(lower)) return "write only the time, such as 09:00";
  const hint = twelveHourHint(lower, side) ?? notationHint(lower) ?? clockHint(lower, side);
  if (hint !== undefined) return hint;
  return /^\d{1,2}[:.]\d{2}.*([+-]\d\d(:?\d\d)?|[a-z])$/.test(lower)
    ? "write the store's local time without a zone"
    : undefined;
}

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
