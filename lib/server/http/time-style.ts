import { datePatterns, defaultStyle, type DatePattern, type TimeStyle } from "@/lib/format/time-style";

const partsOf: Record<DatePattern, Intl.DateTimeFormatOptions> = {
  date: { month: "short", day: "numeric" },
  dateOfYear: { month: "short", day: "numeric", year: "numeric" },
  weekdayDate: { weekday: "short", month: "short", day: "numeric" },
  fullDate: { weekday: "short", month: "short", day: "numeric", year: "numeric" },
};

/** Written from right to left, which turns the rest of an English line around. */
const rightToLeft = new Set(["ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"]);

const sameCalendar = { timeZone: "UTC", calendar: "gregory", numberingSystem: "latn" } as const;

function partOf(format: Intl.DateTimeFormat, date: number, type: Intl.DateTimeFormatPartTypes): string {
  return format.formatToParts(date).find((part) => part.type === type)?.value ?? "";
}

/** Where the half of the day is beside a time: "3:45 PM", "下午3:45". */
function pattern12Of(format: Intl.DateTimeFormat): string {
  const parts = format.formatToParts(0);
  const period = parts.findIndex(({ type }) => type === "dayPeriod");
  const isFirst = period < parts.findIndex(({ type }) => type === "hour");
  const between = parts[isFirst ? period + 1 : period - 1];
  // A space that does not break keeps the two together.
  const space = between?.type === "literal" ? "\u00a0" : "";
  return isFirst ? `{period}${space}{time}` : `{time}${space}{period}`;
}

/** How a language writes dates and times, by the ICU of this process. */
function makeStyle(language: string): TimeStyle {
  const formatOf = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...sameCalendar, ...options });
  const weekdayDate = formatOf(partsOf.weekdayDate);
  const noon = formatOf({ hour: "numeric", minute: "2-digit", hourCycle: "h12" });
  const patternOf = (name: DatePattern): string =>
    formatOf(partsOf[name])
      .formatToParts(0)
      .map(({ type, value }) => (type === "literal" ? value : `{${type}}`))
      .join("");
  // The first of January 2023 was a Sunday.
  const sunday = (daysLater: number) => Date.UTC(2023, 0, 1 + daysLater);
  return {
    language,
    hour12: formatOf({ hour: "numeric" }).resolvedOptions().hour12 === true,
    dayPeriods: [partOf(noon, 0, "dayPeriod"), partOf(noon, Date.UTC(1970, 0, 1, 12), "dayPeriod")],
    pattern12: pattern12Of(noon),
    // Only Japanese counts the hours of half a day from 0; ICU says so of Spanish, too.
    noonIsZero: new Intl.Locale(language).language === "ja",
    weekdays: Array.from({ length: 7 }, (_, day) => partOf(weekdayDate, sunday(day), "weekday")),
    months: Array.from({ length: 12 }, (_, month) => partOf(weekdayDate, Date.UTC(2023, month, 1), "month")),
    patterns: Object.fromEntries(datePatterns.map((name) => [name, patternOf(name)])) as Record<DatePattern, string>,
  };
}

/** By the language that ICU resolves a tag to, of which there are some hundreds. */
const made = new Map<string, TimeStyle>();

function styleOf(tag: string): TimeStyle | null {
  let language: string;
  try {
    const { baseName, language: root } = new Intl.Locale(tag);
    const [supported] = Intl.DateTimeFormat.supportedLocalesOf(baseName);
    if (supported === undefined || rightToLeft.has(root)) return null;
    language = new Intl.DateTimeFormat(supported).resolvedOptions().locale;
  } catch {
    // Not a language tag.
    return null;
  }
  let style = made.get(language);
  if (style === undefined) made.set(language, (style = makeStyle(language)));
  return style;
}

const longestHeader = 200;

/** The languages of an `Accept-Language` header, the most wanted first (RFC 9110, 12.5.4). */
function languagesOf(header: string): readonly string[] {
  return header
    .slice(0, longestHeader)
    .split(",")
    .flatMap((range) => {
      const [, tag, quality = "1"] =
        /^\s*([A-Za-z0-9-]+)\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?$/.exec(range) ?? [];
      return tag === undefined || Number(quality) === 0 ? [] : [{ tag, quality: Number(quality) }];
    })
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/** What a request says of how its reader writes times. */
export interface TimeWishes {
  readonly acceptLanguage: string | null;
  /** The chosen language of dates and the chosen clock, as their cookies have them. */
  readonly dates: string | undefined;
  readonly clock: string | undefined;
}

/**
 * How a reader writes times: what they chose, else what their browser's languages say; US English with a 24-hour clock
 * where neither says anything.
 */
export function timeStyleFor({ acceptLanguage, dates, clock }: TimeWishes): TimeStyle {
  const tags = [...(dates === undefined ? [] : [dates]), ...languagesOf(acceptLanguage ?? "")];
  let style = defaultStyle;
  for (const tag of tags) {
    const found = styleOf(tag);
    if (found === null) continue;
    style = found;
    break;
  }
  return clock === "12" || clock === "24" ? { ...style, hour12: clock === "12" } : style;
}
