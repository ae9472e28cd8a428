import { type ConvertedWeek, dayNames, refuse } from "./converted-week";
import type { Times } from "./cut-hours";
import { daysOf, readRules, type OpenStreetMapRule } from "./openstreetmap-rules";

const timePart = /^(\d{1,2})[:.](\d{2})\s*-\s*(\d{1,2})[:.](\d{2})$/;
const wholeDay: Times = { start: "00:00", end: "24:00" };

const isNight = ({ start, end }: Times): boolean => (end < start && end !== "00:00") || end > "24:00";

/** Says where a rule of the next day would cut a night in other programs. */
function noteCutNights(week: ConvertedWeek, day: number, text: string): void {
  const before = (day + 6) % 7;
  const night = week.openingsOf(before).find(isNight);
  if (night === undefined) return;
  week.note(
    `“${text}”: programs for OpenStreetMap end ${dayNames[before] ?? ""}’s ${night.start}-${night.end} at midnight because of this rule. Here the night stays whole; for midnight write ${night.start}-24:00.`,
  );
}

/** A time of a clock in another notation, as HH:MM: 9, 9h30, 0930, 9:30 pm. Null for others. */
function plainTime(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:h|uhr)?\s*(?:([ap])\.?m\.?)?$/i.exec(text.trim());
  if (match === null) return null;
  const [hours, minutes, half] = [Number(match[1]), match[2] ?? "00", match[3]?.toLowerCase()];
  if (hours > (half === undefined ? 24 : 12) || Number(minutes) > 59) return null;
  const onClock = half === undefined ? hours : (hours % 12) + (half === "p" ? 12 : 0);
  return `${String(onClock).padStart(2, "0")}:${minutes}`;
}

function refuseTime(time: string, text: string): never {
  const [start = null, end = null, ...others] = time.split(/-|\bto\b|\bbis\b/i).map(plainTime);
  const isClear = start !== null && end !== null && others.length === 0 && start < end;
  const remedy = isClear
    ? `Write ${start}-${end}`
    : "Write both times with four digits on the 24-hour clock, and days as Mo, Mo-Fr or Sa,Su";
  return refuse(text, `${time.slice(0, 60) || "nothing"} is not a time such as 09:00-17:00. ${remedy}.`);
}

/** The openings that a rule names; what no clock shows becomes a note. */
function readTimes({ times, text }: OpenStreetMapRule, week: ConvertedWeek): readonly Times[] {
  if (times === "" || times === "24/7") return [wholeDay];
  return times.split(",").flatMap((part) => {
    const time = part.trim();
    const [, hours, minutes = "", endHours, endMinutes = ""] = timePart.exec(time) ?? [];
    if (hours !== undefined && endHours !== undefined) {
      return [{ start: `${hours.padStart(2, "0")}:${minutes}`, end: `${endHours.padStart(2, "0")}:${endMinutes}` }];
    }
    if (/sun(?:rise|set)|dawn|dusk/i.test(time)) {
      week.note(`“${text}”: sunrise and sunset are not times of a clock. Enter times.`);
      return [];
    }
    if (/^\d{1,2}:\d{2}\s*(?:-\s*\d{1,2}:\d{2}\s*)?\+$/.test(time)) {
      week.note(`“${text}”: ${time} has no closing time. Enter one.`);
      return [];
    }
    return refuseTime(time, text);
  });
}

/** A rule that closes whole days, or whose hours are unknown. */
function closeDays(rule: OpenStreetMapRule, chosen: readonly number[], week: ConvertedWeek): void {
  if (rule.state === "off") for (const day of chosen) week.close(day);
  else if (rule.days !== null) {
    const replaced = chosen.filter((day) => !rule.isAdded || week.openingsOf(day).length === 0);
    for (const day of replaced) week.closeUnknown(day);
  }
  if (rule.state !== "off" && (rule.isAdded || rule.days === null)) return;
  for (const day of chosen) noteCutNights(week, day, rule.text);
}

/** A rule that closes a part of its days, such as a break. */
function cutHours(rule: OpenStreetMapRule, chosen: readonly number[], week: ConvertedWeek): void {
  const isCut = readTimes(rule, week).flatMap((part) => chosen.map((day) => week.cut(day, part, rule.text)));
  if (rule.state === "unknown") {
    for (const day of chosen) if (week.openingsOf(day).length === 0) week.closeUnknown(day);
  } else if (!isCut.includes(true)) {
    week.note(`“${rule.text}”: the rules before it leave the store closed then, so it closes nothing.`);
  }
}

function openDays(rule: OpenStreetMapRule, chosen: readonly number[], week: ConvertedWeek): void {
  const openings = readTimes(rule, week);
  for (const day of chosen) {
    if (!rule.isAdded) week.close(day);
    for (const times of openings) week.open(day, times, rule.text);
  }
  if (rule.isAdded) return;
  for (const day of chosen) if (!chosen.includes((day + 6) % 7)) noteCutNights(week, day, rule.text);
}

/** What becomes of hours that are unknown. */
function unknownEffect(rule: OpenStreetMapRule, isOnlyComment: boolean): string {
  if (rule.days === null && rule.isWholeDay) {
    return "these hours are unknown. Programs for OpenStreetMap apply this rule to all days; here the other rules count.";
  }
  return isOnlyComment
    ? "the hours of a comment are unknown, so they count as closed here."
    : "unknown hours count as closed here.";
}

/** Says what is lost with a comment, or with unknown hours. */
function noteUncertainty(rule: OpenStreetMapRule, week: ConvertedWeek): void {
  const { text, state, hasComment } = rule;
  const isOnlyComment = hasComment && state === null && rule.isWholeDay;
  if (state === "unknown" || isOnlyComment) {
    week.note(`“${text}”: ${unknownEffect(rule, isOnlyComment)}`);
    return;
  }
  if (!hasComment) return;
  const effect =
    state === null ? " Programs for OpenStreetMap count its hours as unknown; here the store is open." : "";
  week.note(`“${text}”: the comment is not kept.${effect}`);
}

function applyRule(rule: OpenStreetMapRule, week: ConvertedWeek): void {
  const { text, state, hasComment, isWholeDay } = rule;
  if (rule.isSeasonal) {
    week.note(`“${text}”: seasons, dates and weeks are not part of weekly hours. Enter them as special hours.`);
    return;
  }
  const chosen = daysOf(rule, week);
  if (chosen.length === 0) return;
  noteUncertainty(rule, week);
  const isClosing = state === "off" || state === "unknown" || (hasComment && state === null && isWholeDay);
  if (!isClosing) openDays(rule, chosen, week);
  else if (isWholeDay) closeDays(rule, chosen, week);
  else cutHours(rule, chosen, week);
}

/** Reads `opening_hours` of OpenStreetMap. @throws AppError invalid_hours */
export function readOpenStreetMap(text: string, week: ConvertedWeek): void {
  const { rules, hasAlternatives } = readRules(text);
  if (rules.length === 0) refuse("The text", "it has no hours such as Mo-Fr 09:00-17:00.");
  if (hasAlternatives) week.note("Alternatives after || are not kept: the first ones count.");
  for (const rule of rules) applyRule(rule, week);
}
