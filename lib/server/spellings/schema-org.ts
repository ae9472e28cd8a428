import { type ConvertedWeek, dayNames, dayOfName, refuse } from "./converted-week";
import { datesBetween, fieldsOf, isFields, listOf, textOf, timeOf, type Fields } from "./json-fields";
import { readOpenStreetMap } from "./openstreetmap";

const dayOf = (value: unknown, place: string, week: ConvertedWeek): number | null => {
  const named = isFields(value) ? (value["@id"] ?? value["name"]) : value;
  const name = textOf(named, place).replace(/^https?:\/\/schema\.org\//i, "");
  if (/^PublicHolidays$/i.test(name)) {
    week.note(`${place}: public holidays are not part of weekly hours. Use a calendar of holidays or special hours.`);
    return null;
  }
  return dayOfName(name) ?? refuse(place, `${name.slice(0, 40)} is not a day such as Monday.`);
};

/** Null: closed, which schema.org writes as opening and closing at midnight. */
function timesOf(fields: Fields, place: string): { readonly start: string; readonly end: string } | null {
  const [opens, closes] = [fields["opens"], fields["closes"]];
  if (opens === undefined && closes === undefined) return null;
  const [start, end] = [timeOf(opens, `${place}.opens`), timeOf(closes, `${place}.closes`)];
  return start === "00:00" && end === "00:00" ? null : { start, end };
}

function addSpecification(fields: Fields, place: string, week: ConvertedWeek): void {
  const [from, to] = [fields["validFrom"], fields["validThrough"]];
  const times = timesOf(fields, place);
  const named = listOf(fields["dayOfWeek"]);
  if (from !== undefined || to !== undefined) {
    const dates = [from, to].map((date) => textOf(date, `${place}.validFrom and validThrough`).slice(0, 10));
    const [first = "", last = ""] = dates;
    if (named.length > 0 && first !== last) {
      week.note(
        `${place}: hours of ${first} to ${last} only are not part of weekly hours. Enter them as special hours.`,
      );
      return;
    }
    for (const date of datesBetween(first, last, place)) {
      if (times === null) week.closeDate(date, place);
      else week.openDate(date, times, place);
    }
    return;
  }
  const days = named.length === 0 ? dayNames.map((_, day) => day) : named.map((day) => dayOf(day, place, week));
  for (const day of days) {
    if (day === null) continue;
    if (times === null) week.close(day);
    else week.open(day, times, place);
  }
}

/** Reads openingHoursSpecification, specialOpeningHoursSpecification and openingHours. @throws AppError invalid_hours */
export function readSchemaOrg(value: unknown, week: ConvertedWeek): void {
  const graph = isFields(value)
    ? listOf(value["@graph"]).find((one) => isFields(one) && "openingHoursSpecification" in one)
    : undefined;
  const thing = graph ?? value;
  const isList = Array.isArray(thing) || (isFields(thing) && ("opens" in thing || "dayOfWeek" in thing));
  const fields: Fields = isList ? { openingHoursSpecification: thing } : fieldsOf(thing, "The text");
  let isFound = false;
  for (const name of ["openingHoursSpecification", "specialOpeningHoursSpecification"]) {
    for (const [index, one] of listOf(fields[name]).entries()) {
      isFound = true;
      const place = `${name}[${String(index)}]`;
      addSpecification(fieldsOf(one, place), place, week);
    }
  }
  const texts = listOf(fields["openingHours"]).map((one) => textOf(one, "openingHours"));
  if (texts.length > 0 && !isFound) readOpenStreetMap(texts.join(", "), week);
  else if (!isFound) refuse("The text", "it has no openingHoursSpecification and no openingHours.");
}
