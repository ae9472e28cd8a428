import { type ConvertedWeek, dayOfName, refuse } from "./converted-week";
import { datesBetween, fieldsOf, isFields, listOf, timeOf, type Fields } from "./json-fields";

/** A name of Business Profile, or a number of the Places API, which counts from Sunday. */
function dayOf(value: unknown, place: string): number {
  const day = typeof value === "number" ? (value + 6) % 7 : typeof value === "string" ? dayOfName(value) : null;
  return day === null || !Number.isInteger(day) || day < 0 ? refuse(place, "the day is not one such as MONDAY.") : day;
}

function dateOf(value: unknown, place: string): string {
  if (typeof value === "string") return value;
  const { year, month, day } = fieldsOf(value, place);
  return [year, month, day].map((part) => String(Number(part)).padStart(2, "0")).join("-");
}

interface Period {
  readonly openDay: unknown;
  readonly openTime: unknown;
  readonly closeDay: unknown;
  readonly closeTime: unknown;
}

/** Both of Google's APIs: `openDay`, `openTime` … of Business Profile, `open: { day, hour, minute }` of Places. */
function toPeriod(fields: Fields, place: string): Period | "always" {
  const open = fields["open"];
  if (!isFields(open)) {
    const { openDay, openTime, closeDay, closeTime } = fields;
    return { openDay, openTime: openTime ?? "00:00", closeDay: closeDay ?? openDay, closeTime: closeTime ?? "24:00" };
  }
  const close = fields["close"];
  if (close === undefined) return "always";
  const closing = fieldsOf(close, `${place}.close`);
  return {
    openDay: open["day"],
    openTime: open["time"] ?? open,
    closeDay: closing["day"],
    closeTime: closing["time"] ?? closing,
  };
}

function addPeriod(period: Period, place: string, week: ConvertedWeek): void {
  const [first, last] = [dayOf(period.openDay, place), dayOf(period.closeDay, place)];
  const [start, end] = [timeOf(period.openTime, place), timeOf(period.closeTime, place)];
  const days = (last - first + 7) % 7;
  // A night, or one that ends at midnight: the day after is not named again.
  if (days === 0 && end > start) week.open(first, { start, end }, place);
  else if (days === 1 && end < start) week.open(first, { start, end: end === "00:00" ? "24:00" : end }, place);
  else if (days === 0) refuse(place, "it closes before it opens. For a night give the next day as closeDay.");
  else {
    week.open(first, { start, end: "24:00" }, place);
    for (let day = 1; day < days; day++) week.open((first + day) % 7, { start: "00:00", end: "24:00" }, place);
    if (end !== "00:00") week.open(last, { start: "00:00", end }, place);
  }
}

function addSpecial(fields: Fields, place: string, week: ConvertedWeek): void {
  const from = dateOf(fields["startDate"], `${place}.startDate`);
  const to = fields["endDate"] === undefined ? from : dateOf(fields["endDate"], `${place}.endDate`);
  if (fields["closed"] === true) {
    for (const date of datesBetween(from, to, place)) week.closeDate(date, place);
    return;
  }
  const [start, end] = [timeOf(fields["openTime"] ?? "00:00", place), timeOf(fields["closeTime"] ?? "24:00", place)];
  const dates = datesBetween(from, to, place);
  if (dates.length > 2 || (dates.length === 2 && end >= start))
    refuse(place, "a period of special hours is longer than a day. Give each date its own.");
  week.openDate(from, { start, end: end === "00:00" ? "24:00" : end }, place);
}

/** Reads regularHours and specialHours of Google Business Profile, or periods of the Places API. @throws AppError */
export function readGoogle(value: unknown, week: ConvertedWeek): void {
  const fields = fieldsOf(value, "The text");
  const regular = isFields(fields["regularHours"]) ? fields["regularHours"] : fields;
  const periods = listOf(regular["periods"]);
  const special = isFields(fields["specialHours"]) ? fields["specialHours"] : fields;
  const specials = listOf(special["specialHourPeriods"]);
  if (periods.length + specials.length === 0) refuse("The text", "it has no periods.");
  for (const [index, value] of periods.entries()) {
    const place = `periods[${String(index)}]`;
    const period = toPeriod(fieldsOf(value, place), place);
    if (period === "always") for (let day = 0; day < 7; day++) week.open(day, { start: "00:00", end: "24:00" }, place);
    else addPeriod(period, place, week);
  }
  for (const [index, value] of specials.entries()) {
    const place = `specialHourPeriods[${String(index)}]`;
    addSpecial(fieldsOf(value, place), place, week);
  }
  if (isFields(fields["moreHours"]) || Array.isArray(fields["moreHours"])) {
    week.note("moreHours, such as those of delivery, are not kept: a store has one set of hours.");
  }
}
