import { type ConvertedWeek, dayNames, dayOfName, refuse } from "./converted-week";

const dayName =
  "(?:Mo(?:n|ndays?)?|Tu(?:e|es|esdays?)?|We(?:d|dnesdays?)?|Th(?:u|ur|urs|ursdays?)?|Fr(?:i|idays?)?|Sa(?:t|turdays?)?|Su(?:n|ndays?)?|PH|SH)\\b";
const daySpan = `${dayName}(?:\\s*-\\s*${dayName})?(?:\\s*\\[[^\\]]*\\])?(?:\\s*[+-]\\d+\\s*days?\\b)?`;
const dayPart = new RegExp(`^${daySpan}$`, "i");
const season = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|easter|week)\\b";
/** A rule about months, dates, years or weeks of the year. */
const seasonal = new RegExp(`\\b${season}|^(?:19|20)\\d\\d\\b`, "i");
/** After hours, or a comment, a comma before days or a comment starts a rule. */
const separator = new RegExp(
  `;|\\|\\||(?<=(?:\\d[:.]\\d\\d|\\+|24/7|off|closed|open|unknown|")\\s*),\\s*(?=${dayName}|${season}|")`,
  "gi",
);

/** A rule without its comments, split into its days, times and state. */
export interface OpenStreetMapRule {
  /** As it was written. */
  readonly text: string;
  /** Null: all days. */
  readonly days: readonly string[] | null;
  /** What is left after days and state, such as `09:00-12:00,13:00-17:00`. */
  readonly times: string;
  readonly state: "open" | "off" | "unknown" | null;
  /** It has no times, or 24/7 with a state. */
  readonly isWholeDay: boolean;
  readonly hasComment: boolean;
  readonly isSeasonal: boolean;
  /** It adds to the rules before it; others replace the days they name. */
  readonly isAdded: boolean;
}

/** The text, as long as before, with quotation marks for comments and hyphens for dashes. */
function maskOf(text: string): string {
  if (text.split('"').length % 2 === 0) refuse("The text", 'a comment has no closing quotation mark ("). Add it.');
  const masked = text.replace(/"[^"]*"/g, (comment) => '"'.repeat(comment.length));
  return masked.replace(/[‐‑‒–—−]/g, "-");
}

function readRule(text: string, masked: string, isAdded: boolean): OpenStreetMapRule {
  const bare = masked.replace(/"+/g, " ").trim();
  const [listed] = new RegExp(`^(?:${daySpan}\\s*[,:]?\\s*)+`, "i").exec(bare) ?? [];
  const rest = bare.slice(listed?.length ?? 0).trim();
  const [, times = "", word] = /^(.*?)(?:\s*\b(off|closed|open|unknown))?$/is.exec(rest) ?? [];
  const named = word?.toLowerCase() ?? null;
  const names = listed?.split(",").map((part) => part.trim().replace(/\s*:$/, ""));
  return {
    text,
    days: names?.filter((name) => name !== "") ?? null,
    times: times.trim(),
    state: named === "closed" ? "off" : named === "off" || named === "open" || named === "unknown" ? named : null,
    isWholeDay: times.trim() === "" || (times.trim() === "24/7" && named !== null),
    hasComment: masked.includes('"'),
    isSeasonal: seasonal.test(bare),
    isAdded,
  };
}

/** The rules of a text; alternatives after || are left out. @throws AppError invalid_hours */
export function readRules(text: string): {
  readonly rules: readonly OpenStreetMapRule[];
  readonly hasAlternatives: boolean;
} {
  const masked = maskOf(text);
  const ends = [...masked.matchAll(separator)];
  const rules: OpenStreetMapRule[] = [];
  let from = 0;
  let [isAdded, isAlternative, hasAlternatives] = [false, false, false];
  for (const [index, mark] of [...ends.map((end) => [end.index, end[0]] as const), [text.length, ""] as const]) {
    const part = masked.slice(from, index);
    if (part.trim() !== "" && !isAlternative) rules.push(readRule(text.slice(from, index).trim(), part, isAdded));
    from = index + mark.length;
    isAdded = mark.startsWith(",");
    // A rule that is added to an alternative belongs to it.
    if (!isAdded) isAlternative = mark === "||";
    hasAlternatives ||= isAlternative;
  }
  return { rules, hasAlternatives };
}

const dayNumber = (name: string): number => dayOfName(name.trim().replace(/days$/i, "day")) ?? 0;

/** The days of a rule, 0 = Monday; what is not a day of every week becomes a note. @throws AppError invalid_hours */
export function daysOf({ days: names, text }: OpenStreetMapRule, week: ConvertedWeek): readonly number[] {
  if (names === null) return dayNames.map((_, day) => day);
  const plain = names.map((name) => name.replace(/\s*[+-]\d+\s*days?$/i, ""));
  const mixed = plain.find((name) => /\b[PS]H\s*-|-\s*[PS]H\b/i.test(name));
  if (mixed !== undefined) refuse(text, `${mixed} is not a day such as Mo or Mo-Fr.`);
  const holidays = plain.filter((name) => /\b[PS]H\b/i.test(name));
  for (const name of holidays) {
    const what = /\bPH\b/i.test(name) ? "Public holidays" : "School holidays";
    week.note(`“${text}”: ${what} are not part of weekly hours. Use a calendar of holidays or special hours.`);
  }
  // PH Mo-Fr: only the holidays among these days.
  if (holidays.some((name) => /\s/.test(name))) return [];
  return names.flatMap((name, index) => {
    if (holidays.includes(plain[index] ?? "")) return [];
    if (!dayPart.test(name)) refuse(text, `${name} is not a day such as Mo or Mo-Fr.`);
    if (name.includes("[") || plain[index] !== name) {
      week.note(`“${text}”: ${name} is not every week. Enter its dates as special hours.`);
      return [];
    }
    const [first = 0, last = first] = name.split("-").map(dayNumber);
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7);
  });
}
