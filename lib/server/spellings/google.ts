import { type ConvertedWeek, dayOfName, refuse, requireDate } from "./converted-week";
import {
  booleanOf,
  datesBetween,
  fieldsOf,
  isFields,
  listOf,
  requireSpelling,
  timeOf,
  type Fields,
} from "./json-fields";

/** A name of Business Profile, or a number of the Places API, which counts from Sunday. */
function dayOf(value: unknown, place: string): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 6) return (value + 6) % 7;
  const day = typeof value === "string" ? dayOfName(value) : null;
  const written = typeof value === "string" || typeof value === "number" ? String(value).slice(0, 40) : "it";
  return day ?? refuse(place, `${written} is not a day such as MONDAY, or 0 for Sunday to 6 for Saturday.`);
}

function dateOf(value: unknown, place: string): string {
  const example = '{"year":2026,"month":12,"day":25}';
  if (typeof value !== "string") {
    const fields = fieldsOf(value, place, example);
    const parts = ["year", "month", "day"].map((name) => {
      const part = fields[name];
      if (typeof part !== "number") return refuse(`${place}.${name}`, `expected a number, as in ${example}.`);
      return String(part).padStart(2, "0");
    });
    return dateOf(parts.join("-"), place);
  }
  requireDate(value, place);
  return value;
}

/** A time that is missing is not midnight. */
const refuseMissing = (place: string): never =>
  refuse(
    place,
    "it is missing. Give the time, such as 17:00. Only one period from day 0, 00:00, without close is always open.",
  );

const timeNames = ["time", "hour", "minute", "hours", "minutes"] as const;

/** The time of `open` or `close` of the Places API: `time`, or `hour` and `minute`. */
function pointTime(point: Fields, place: string): string {
  requireSpelling(point, ["day", "date", ...timeNames], place);
  return timeNames.some((name) => name in point)
    ? timeOf(point["time"] ?? point, place)
    : refuseMissing(`${place}.time`);
}

interface Period {
  readonly first: number;
  readonly last: number;
  readonly start: string;
  readonly end: string;
}

/** `open: { day, hour, minute }` and `close` of Places. */
function toPlacesPeriod(open: Fields, fields: Fields, place: string): Period {
  const close = fields["close"] ?? refuseMissing(`${place}.close`);
  const closing = fieldsOf(close, `${place}.close`, '{"day":1,"time":"1700"}');
  return {
    first: dayOf(open["day"], `${place}.open.day`),
    last: dayOf(closing["day"], `${place}.close.day`),
    start: pointTime(open, `${place}.open`),
    end: pointTime(closing, `${place}.close`),
  };
}

const businessNames = ["openDay", "openTime", "closeDay", "closeTime"] as const;

/** A period of either of Google's APIs. */
function toPeriod(fields: Fields, place: string): Period {
  requireSpelling(fields, ["open", "close", ...businessNames], place);
  const open = fields["open"];
  if (isFields(open)) return toPlacesPeriod(open, fields, place);
  const { openDay, openTime, closeDay, closeTime } = fields;
  return {
    first: dayOf(openDay, `${place}.openDay`),
    last: dayOf(closeDay ?? openDay, `${place}.closeDay`),
    start: timeOf(openTime ?? refuseMissing(`${place}.openTime`), `${place}.openTime`),
    end: timeOf(closeTime ?? refuseMissing(`${place}.closeTime`), `${place}.closeTime`),
  };
}

/** Places writes always open as one period from Sunday's midnight that does not end. */
function isAlwaysOpen(periods: readonly unknown[]): boolean {
  const [period] = periods;
  if (periods.length !== 1 || !isFields(period) || (period["close"] ?? null) !== null) return false;
  const open = period["open"];
  return isFields(open) && open["day"] === 0 && pointTime(open, "periods[0].open") === "00:00";
}

function addPeriod({ first, last, start, end }: Period, place: string, week: ConvertedWeek): void {
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
  requireSpelling(fields, ["startDate", "endDate", "openTime", "closeTime", "closed"], place);
  const from = dateOf(fields["startDate"], `${place}.startDate`);
  const to = fields["endDate"] === undefined ? from : dateOf(fields["endDate"], `${place}.endDate`);
  const dates = datesBetween(from, to, place);
  const [opening, closing] = [fields["openTime"] ?? null, fields["closeTime"] ?? null];
  if (booleanOf(fields["closed"], `${place}.closed`)) {
    if (opening !== null || closing !== null) week.note(`${place}: ${from} is closed, so its times are not kept.`);
    for (const date of dates) week.closeDate(date, place);
    return;
  }
  if (opening === null && closing === null) refuse(place, "give openTime and closeTime, or closed: true.");
  const [start, end] = [timeOf(opening, `${place}.openTime`), timeOf(closing, `${place}.closeTime`)];
  if (dates.length > 2 || (dates.length === 2 && end >= start))
    refuse(place, "a period of special hours is longer than a day. Give each date its own.");
  week.openDate(from, { start, end: end === "00:00" ? "24:00" : end }, place);
}

/** Reads regularHours and specialHours of Google Business Profile, or periods of the Places API. @throws AppError */
export function readGoogle(value: unknown, week: ConvertedWeek): void {
  const fields = fieldsOf(value, "The text", '{"periods":[…]}');
  const regular = isFields(fields["regularHours"]) ? fields["regularHours"] : fields;
  const periods = listOf(regular["periods"]);
  const special = isFields(fields["specialHours"]) ? fields["specialHours"] : fields;
  const specials = listOf(special["specialHourPeriods"]);
  if (periods.length + specials.length === 0) refuse("The text", "it has no periods.");
  if (periods.some((period) => isFields(period) && isFields(period["open"]) && "date" in period["open"])) {
    week.note("The periods have dates: hours of these dates only are read as those of every week. Check them.");
  }
  const isAlways = isAlwaysOpen(periods);
  if (isAlways) for (let day = 0; day < 7; day++) week.open(day, { start: "00:00", end: "24:00" }, "periods[0]");
  for (const [index, period] of isAlways ? [] : periods.entries()) {
    const place = `periods[${String(index)}]`;
    addPeriod(toPeriod(fieldsOf(period, place, '{"open":{…},"close":{…}}'), place), place, week);
  }
  for (const [index, period] of specials.entries()) {
    const place = `specialHourPeriods[${String(index)}]`;
    addSpecial(fieldsOf(period, place, '{"startDate":{…},"closed":true}'), place, week);
  }
  if (isFields(fields["moreHours"]) || Array.isArray(fields["moreHours"])) {
    week.note("moreHours, such as those of delivery, are not kept: a store has one set of hours.");
  }
}
