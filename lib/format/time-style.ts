/**
 * How a reader writes dates and times of day. The server makes it and sends it with each page: the names that a browser
 * has for months and weekdays may be others, and then hydration would change the page.
 */
export interface TimeStyle {
  /** BCP 47 tag of the language that dates are in. */
  readonly language: string;
  readonly hour12: boolean;
  /** Of the 12-hour clock: before and after noon. */
  readonly dayPeriods: readonly [am: string, pm: string];
  /** A time on the 12-hour clock: `{time}` and `{period}` in their places. */
  readonly pattern12: string;
  /** Whether noon and midnight are 0 on the 12-hour clock, not 12. */
  readonly noonIsZero: boolean;
  /** Short names, Sunday first. */
  readonly weekdays: readonly string[];
  /** Short names, as they stand beside a day. */
  readonly months: readonly string[];
  readonly patterns: Readonly<Record<DatePattern, string>>;
}

/** Dates with what they consist of; a pattern has `{weekday}`, `{month}`, `{day}` and `{year}` in their places. */
export const datePatterns = ["date", "dateOfYear", "weekdayDate", "fullDate"] as const;
export type DatePattern = (typeof datePatterns)[number];

/** US English with a 24-hour clock. */
export const defaultStyle: TimeStyle = {
  language: "en-US",
  hour12: false,
  dayPeriods: ["AM", "PM"],
  // A space that does not break keeps the two together.
  pattern12: "{time}\u00a0{period}",
  noonIsZero: false,
  weekdays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  months: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  patterns: {
    date: "{month} {day}",
    dateOfYear: "{month} {day}, {year}",
    weekdayDate: "{weekday}, {month} {day}",
    fullDate: "{weekday}, {month} {day}, {year}",
  },
};

/** A date by a pattern. @param date its UTC fields are those of the date */
export function dateText(pattern: DatePattern, date: Date, style: TimeStyle): string {
  const parts: Record<string, string> = {
    weekday: style.weekdays[date.getUTCDay()]!,
    month: style.months[date.getUTCMonth()]!,
    day: String(date.getUTCDate()),
    year: String(date.getUTCFullYear()),
  };
  return style.patterns[pattern].replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? "");
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/**
 * A time of day: "18:12", "6:12 PM"; seconds only where there are any.
 * @param seconds since midnight, 0 to 86,400; a whole day is midnight: "24:00", "12:00 AM"
 */
export function timeOfDay(seconds: number, style: TimeStyle): string {
  const { hour12, dayPeriods, pattern12, noonIsZero } = style;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const after = `:${twoDigits(minutes)}${rest === 0 ? "" : `:${twoDigits(rest)}`}`;
  if (!hour12) return `${twoDigits(hours)}${after}`;
  const hour = hours % 12 === 0 && !noonIsZero ? 12 : hours % 12;
  return pattern12
    .replace("{time}", `${String(hour)}${after}`)
    .replace("{period}", dayPeriods[hours % 24 < 12 ? 0 : 1]);
}

/**
 * A whole hour of the day, as short as the style has it: "15:00", "3 PM".
 * @param hour 0 to 24, the end of the day
 * @throws RangeError for a part of an hour
 */
export function hourOfDay(hour: number, style: TimeStyle): string {
  if (!Number.isInteger(hour)) throw new RangeError(`${String(hour)} is not a whole hour.`);
  return short(timeOfDay(hour * 3600, style), style);
}

/** "3 PM" of "3:00 PM"; a number after the half of the day would not be read as an hour. */
function short(text: string, { hour12, pattern12 }: TimeStyle): string {
  return hour12 && pattern12.startsWith("{time}") ? text.replace(":00", "") : text;
}

/** A time of day as people say it: "15:45", "3:45 pm", "3 am". @param hours since midnight, with a fraction */
export function spokenHour(hours: number, style: TimeStyle): string {
  const text = timeOfDay(Math.floor((hours % 24) * 60) * 60, style);
  return style.hour12 ? short(text, style).toLowerCase() : text;
}
