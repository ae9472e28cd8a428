import { type ConvertedWeek, dayNames, dayOfName, refuse, requireDate } from "./converted-week";
import { datesBetween, fieldsOf, isFields, listOf, textOf, timeOf, type Fields } from "./json-fields";
import { readOpenStreetMap } from "./openstreetmap";
import { findThing, requireSpecificationNames } from "./schema-org-things";

const specification = '{"dayOfWeek":"Monday","opens":"09:00","closes":"17:00"}';

const dayOf = (value: unknown, place: string, week: ConvertedWeek): number | null => {
  const named = isFields(value) ? (value["@id"] ?? value["name"]) : value;
  const name = textOf(named, `${place}.dayOfWeek`, "Monday").replace(/^(?:https?:\/\/schema\.org\/|schema:)/i, "");
  if (/^PublicHolidays$/i.test(name)) {
    week.note(`${place}: public holidays are not part of weekly hours. Use a calendar of holidays or special hours.`);
    return null;
  }
  return dayOfName(name) ?? refuse(`${place}.dayOfWeek`, `${name.slice(0, 40)} is not a day such as Monday.`);
};

/** Null: closed, which schema.org writes as opening and closing at midnight, or as a day or dates without times. */
function timesOf(fields: Fields, place: string): { readonly start: string; readonly end: string } | null {
  const [opens, closes] = [fields["opens"], fields["closes"]];
  if (opens === undefined && closes === undefined) {
    const isNamed = ["dayOfWeek", "validFrom", "validThrough"].some((name) => listOf(fields[name]).length > 0);
    return isNamed ? null : refuse(place, `it has neither a day nor opens and closes. Write ${specification}.`);
  }
  const [start, end] = [timeOf(opens, `${place}.opens`), timeOf(closes, `${place}.closes`)];
  return start === "00:00" && end === "00:00" ? null : { start, end };
}

function dateOf(value: unknown, place: string, week: ConvertedWeek): string {
  const text = textOf(value, place, "2026-12-24");
  const [, date = text, time] = /^(\d{4}-\d{2}-\d{2})(T.*)?$/.exec(text) ?? [];
  requireDate(date, place);
  if (time !== undefined) week.note(`${place}: only the date of ${text.slice(0, 40)} is kept, as a date of the store.`);
  return date;
}

function addDates(fields: Fields, times: ReturnType<typeof timesOf>, place: string, week: ConvertedWeek): void {
  const first = dateOf(fields["validFrom"], `${place}.validFrom`, week);
  const last = dateOf(fields["validThrough"], `${place}.validThrough`, week);
  if (listOf(fields["dayOfWeek"]).length > 0 && first !== last) {
    week.note(`${place}: hours of ${first} to ${last} only are not part of weekly hours. Enter them as special hours.`);
    return;
  }
  for (const date of datesBetween(first, last, place)) {
    if (times === null) week.closeDate(date, place);
    else week.openDate(date, times, place);
  }
}

function addSpecification(fields: Fields, place: string, week: ConvertedWeek): void {
  requireSpecificationNames(fields, place);
  const times = timesOf(fields, place);
  if (fields["validFrom"] !== undefined || fields["validThrough"] !== undefined) {
    addDates(fields, times, place, week);
    return;
  }
  const named = listOf(fields["dayOfWeek"]);
  const days = named.length === 0 ? dayNames.map((_, day) => day) : named.map((day) => dayOf(day, place, week));
  for (const day of days) {
    if (day === null) continue;
    const isOther = times === null ? week.openingsOf(day).length > 0 : week.isClosed(day);
    if (isOther) refuse(place, `${dayNames[day] ?? ""} is closed and has hours. Keep one of them.`);
    if (times === null) week.close(day);
    else week.open(day, times, place);
  }
}

/** Reads openingHoursSpecification, specialOpeningHoursSpecification and openingHours. @throws AppError invalid_hours */
export function readSchemaOrg(value: unknown, week: ConvertedWeek): void {
  const fields = findThing(value);
  const weekly = listOf(fields["openingHoursSpecification"]);
  const special = listOf(fields["specialOpeningHoursSpecification"]);
  for (const [name, specifications] of [
    ["openingHoursSpecification", weekly],
    ["specialOpeningHoursSpecification", special],
  ] as const) {
    for (const [index, one] of specifications.entries()) {
      const place = `${name}[${String(index)}]`;
      addSpecification(fieldsOf(one, place, specification), place, week);
    }
  }
  const texts = listOf(fields["openingHours"]).map((one) => textOf(one, "openingHours", "Mo-Fr 09:00-17:00"));
  if (texts.length > 0 && weekly.length === 0) readOpenStreetMap(texts.join(", "), week);
  else if (texts.length > 0) week.note("openingHours is not kept: openingHoursSpecification counts.");
  else if (weekly.length + special.length === 0) {
    refuse("The text", "its openingHoursSpecification and openingHours are empty.");
  }
}
