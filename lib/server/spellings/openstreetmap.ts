import { type ConvertedWeek, dayNames, dayOfName, refuse } from "./converted-week";

const days = "(?:Mon?|Tue?|Wed?|Thu?|Fri?|Sat?|Sun?|PH|SH)\\b";
const dayPart = new RegExp(`^${days}(?:-${days})?(?:\\[[^\\]]*\\])?$`, "i");
const timePart = /^(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/;
/** A rule about months, dates, years or weeks of the year. */
const seasonal = /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|easter|week)\b|\b(?:19|20)\d\d\b/i;

/** A rule, split into its days, null for all, and what follows them. */
interface Rule {
  readonly text: string;
  readonly days: readonly string[] | null;
  readonly rest: string;
}

/** Rules are separated by semicolons; after times a comma before a day starts a rule that adds to those before. */
function splitRules(text: string): { readonly text: string; readonly isAdded: boolean }[] {
  return text.split(";").flatMap((rule) => {
    const parts = rule.split(new RegExp(`(?<=\\d{1,2}:\\d{2}\\s*),\\s*(?=${days}\\b)`, "i"));
    return parts.map((part, index) => ({ text: part.trim(), isAdded: index > 0 }));
  });
}

function readRule(text: string): Rule {
  const [, listed] = new RegExp(`^((?:${days}(?:-${days})?(?:\\[[^\\]]*\\])?\\s*,?\\s*)+):?\\s*`, "i").exec(text) ?? [];
  if (listed === undefined) return { text, days: null, rest: text };
  const names = listed.split(",").map((part) => part.trim().replace(/:$/, ""));
  return {
    text,
    days: names.filter((name) => name !== ""),
    rest: text.slice(listed.length).replace(/^:\s*/, "").trim(),
  };
}

/** The days of a rule; what is not a day of the week becomes a note. */
function daysOf({ days: names, text }: Rule, week: ConvertedWeek): readonly number[] {
  if (names === null) return dayNames.map((_, day) => day);
  return names.flatMap((name) => {
    if (!dayPart.test(name)) refuse(text, `${name} is not a day such as Mo or Mo-Fr.`);
    if (/PH|SH/i.test(name)) {
      const what = /PH/i.test(name) ? "Public holidays" : "School holidays";
      week.note(`“${text}”: ${what} are not part of weekly hours. Use a calendar of holidays or special hours.`);
      return [];
    }
    if (name.includes("[")) {
      week.note(`“${text}”: ${name} is not every week. Enter its dates as special hours.`);
      return [];
    }
    const [first = 0, last = first] = name.split("-").map((part) => dayOfName(part) ?? 0);
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, step) => (first + step) % 7);
  });
}

const isNight = ({ start, end }: { readonly start: string; readonly end: string }): boolean =>
  end < start.padStart(5, "0") || end > "24:00";

/** Says where a rule of the next day would cut a night in other programs. */
function noteCutNights(week: ConvertedWeek, day: number, text: string): void {
  const before = (day + 6) % 7;
  const night = week.openingsOf(before).find(isNight);
  if (night === undefined) return;
  week.note(
    `“${text}”: programs for OpenStreetMap end ${dayNames[before] ?? ""}’s ${night.start}-${night.end} at midnight because of this rule. Here the night stays whole; for midnight write ${night.start}-24:00.`,
  );
}

function applyRule(rule: Rule, isAdded: boolean, week: ConvertedWeek): void {
  const { text, rest } = rule;
  const bare = rest.replace(/"[^"]*"/g, "").trim();
  if (bare !== rest.trim()) week.note(`“${text}”: the comment is not kept.`);
  if (seasonal.test(text.replace(/"[^"]*"/g, ""))) {
    week.note(`“${text}”: seasons, dates and weeks are not part of weekly hours. Enter them as special hours.`);
    return;
  }
  const chosen = daysOf(rule, week);
  if (/^(?:off|closed)$/i.test(bare)) {
    for (const day of chosen) week.close(day);
    return;
  }
  if (/^unknown\b/i.test(bare)) {
    week.note(`“${text}”: unknown hours count as closed here.`);
    return;
  }
  const always = /^(?:24\/7|open)$/i.test(bare) || (bare === "" && chosen.length > 0);
  const times = always ? ["00:00-24:00"] : bare.replace(/\s+open$/i, "").split(",");
  const openings = times.flatMap((time) => {
    const [, start = "", end = ""] = timePart.exec(time.trim()) ?? [];
    if (start !== "") return [{ start: start.padStart(5, "0"), end: end.padStart(5, "0") }];
    if (/sun|dawn|dusk/i.test(time)) {
      week.note(`“${text}”: sunrise and sunset are not times of a clock. Enter times.`);
      return [];
    }
    if (/^\d{1,2}:\d{2}\s*(?:-\s*\d{1,2}:\d{2}\s*)?\+$/.test(time.trim())) {
      week.note(`“${text}”: ${time.trim()} has no closing time. Enter one.`);
      return [];
    }
    return refuse(text, `${time.trim() || "nothing"} is not a time such as 09:00-17:00.`);
  });
  for (const day of chosen) {
    if (!isAdded) week.close(day);
    for (const times of openings) week.open(day, times, text);
  }
  if (!isAdded) for (const day of chosen) if (!chosen.includes((day + 6) % 7)) noteCutNights(week, day, text);
}

/** Reads `opening_hours` of OpenStreetMap. @throws AppError invalid_hours */
export function readOpenStreetMap(text: string, week: ConvertedWeek): void {
  if (text.includes("||")) week.note("Alternatives after || are not kept: the first ones count.");
  const first = text.split("||")[0] ?? "";
  let isFound = false;
  for (const { text: rule, isAdded } of splitRules(first)) {
    if (rule === "") continue;
    isFound = true;
    applyRule(readRule(rule), isAdded, week);
  }
  if (!isFound) refuse("The text", "it has no hours such as Mo-Fr 09:00-17:00.");
}
