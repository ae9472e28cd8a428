import { dayIn, fieldsOf, readAmount, readDay, readMonth, readTime, type DayRule, type TimeOfDay } from "./zi-fields";

/** A change that recurs in the years `[firstYear, lastYear]`. */
export interface ZiRule {
  readonly firstYear: number;
  readonly lastYear: number;
  readonly month: number;
  readonly day: DayRule;
  readonly time: TimeOfDay;
  readonly saveMs: number;
  readonly isSummer: boolean;
  /** What replaces `%s` in a format. */
  readonly letters: string;
}

/** What a zone observed up to an instant. */
export interface ZiEra {
  readonly standardMs: number;
  /** The name of its rules, or a constant offset from standard time. */
  readonly rules: string | { readonly saveMs: number; readonly isSummer: boolean };
  readonly format: string;
  /** Null in a zone's last era. */
  readonly until: { readonly year: number; readonly localMs: number; readonly time: TimeOfDay } | null;
}

export interface ZiSource {
  readonly release: string | null;
  readonly rules: ReadonlyMap<string, readonly ZiRule[]>;
  readonly zones: ReadonlyMap<string, readonly ZiEra[]>;
  readonly links: ReadonlyMap<string, string>;
}

/** The release named in the first line of a tzdata.zi, as in `# version 2026f`. */
export function ziRelease(text: string): string | null {
  return /^#\s*version\s+(\S+)/.exec(text)?.[1] ?? null;
}

/**
 * Parses the source format of zic: the lines of rules, zones and links in tzdata.zi or the tz database's own files.
 * @throws {Error} naming the first unknown line, or what is missing at the end
 */
export function parseZi(text: string): ZiSource {
  if (!text.endsWith("\n")) throw new Error("its last line is truncated");
  const rules = new Map<string, ZiRule[]>();
  const zones = new Map<string, ZiEra[]>();
  const links = new Map<string, string>();
  let open: ZiEra[] | null = null;
  for (const [index, line] of text.split("\n").entries()) {
    const fields = fieldsOf(line);
    if (fields.length === 0) continue;
    try {
      if (open !== null) {
        open.push(readEra(fields));
      } else if (isKeyword(fields[0]!, "Rule") && fields.length === 10) {
        const name = fields[1]!;
        const same = rules.get(name) ?? [];
        same.push(readRule(fields));
        rules.set(name, same);
      } else if (isKeyword(fields[0]!, "Zone") && fields.length >= 5) {
        open = [readEra(fields.slice(2))];
        zones.set(fields[1]!, open);
      } else if (isKeyword(fields[0]!, "Link") && fields.length === 3) {
        links.set(fields[2]!, fields[1]!);
      } else {
        throw new Error("it is not a rule, a zone or a link");
      }
    } catch (error) {
      throw new Error(`line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    if (open?.at(-1)?.until === null) open = null;
  }
  if (open !== null) throw new Error("its last zone has no end");
  for (const [name, eras] of zones) {
    for (const era of eras) {
      if (typeof era.rules === "string" && !rules.has(era.rules)) {
        throw new Error(`the zone ${name} has rules ${era.rules}, which are missing`);
      }
    }
  }
  return { release: ziRelease(text), rules, zones, links };
}

/** zic accepts any prefix of a keyword. */
function isKeyword(text: string, word: string): boolean {
  return text.length > 0 && word.toLowerCase().startsWith(text.toLowerCase());
}

function readRule(fields: readonly string[]): ZiRule {
  const [, , from = "", to = "", , month = "", day = "", time = "", save = "", letters = ""] = fields;
  const firstYear = readYear(from);
  const amount = readAmount(save);
  return {
    firstYear,
    lastYear: isKeyword(to, "only") ? firstYear : isKeyword(to, "maximum") ? Infinity : readYear(to),
    month: readMonth(month),
    day: readDay(day),
    time: readTime(time),
    ...amount,
    letters: letters === "-" ? "" : letters,
  };
}

function readYear(text: string): number {
  // "minimum" meant the beginning of time.
  if (isKeyword(text, "minimum")) return 1_800;
  if (!/^-?\d+$/.test(text)) throw new Error(`${JSON.stringify(text)} is not a year`);
  return Number(text);
}

function readEra([standard, rules, format, ...until]: readonly string[]): ZiEra {
  if (standard === undefined || rules === undefined || format === undefined) throw new Error("fields are missing");
  return {
    standardMs: readTime(standard).ms,
    rules: rules === "-" ? { saveMs: 0, isSummer: false } : /^[+-]?\d/.test(rules) ? readAmount(rules) : rules,
    format,
    until: until.length === 0 ? null : readUntil(until),
  };
}

function readUntil([yearText = "", monthText, dayText, timeText]: readonly string[]): ZiEra["until"] {
  const year = readYear(yearText);
  const month = monthText === undefined ? 0 : readMonth(monthText);
  const time = readTime(timeText ?? "0");
  return { year, localMs: dayIn(year, month, readDay(dayText ?? "1")) + time.ms, time };
}
