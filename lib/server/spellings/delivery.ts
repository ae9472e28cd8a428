import { type ConvertedWeek, dayOfName, refuse } from "./converted-week";
import { fieldsOf, isFields, listOf, textOf, timeOf } from "./json-fields";

function dayOf(value: unknown, place: string): number {
  return dayOfName(textOf(value, place)) ?? refuse(place, "the day is not one such as monday.");
}

/** Reads the service availability of a menu: a day without an entry is not served. @throws AppError invalid_hours */
export function readUberEats(value: unknown, week: ConvertedWeek): void {
  const menus = isFields(value) ? listOf(value["menus"]) : [];
  if (menus.length > 1) week.note("The text has several menus; the hours of all are united.");
  const found = (menus.length > 0 ? menus : [value]).flatMap((menu) =>
    listOf(isFields(menu) ? menu["service_availability"] : menu),
  );
  if (found.length === 0) refuse("The text", "it has no service_availability.");
  for (const [index, one] of found.entries()) {
    const place = `service_availability[${String(index)}]`;
    const fields = fieldsOf(one, place);
    const day = dayOf(fields["day_of_week"], place);
    const periods = listOf(fields["time_periods"]);
    if (periods.length === 0 && week.openingsOf(day).length === 0) week.close(day);
    for (const period of periods) {
      const { start_time: start, end_time: end } = fieldsOf(period, place);
      week.open(day, { start: timeOf(start, place), end: timeOf(end, place) }, place);
    }
  }
}

/** Reads the hours of a DoorDash store or menu, and its special hours. @throws AppError invalid_hours */
export function readDoorDash(value: unknown, week: ConvertedWeek): void {
  const store = isFields(value) && isFields(value["store"]) ? value["store"] : value;
  const fields = fieldsOf(store, "The text");
  const hours = listOf(fields["hours"] ?? fields["open_hours"]);
  const special = listOf(fields["special_hours"]);
  if (hours.length + special.length === 0) refuse("The text", "it has no hours.");
  for (const [index, one] of hours.entries()) {
    const place = `hours[${String(index)}]`;
    const { day_index: day, start_time: start, end_time: end } = fieldsOf(one, place);
    week.open(dayOf(day, place), { start: timeOf(start, place), end: timeOf(end, place) }, place);
  }
  for (const [index, one] of special.entries()) {
    const place = `special_hours[${String(index)}]`;
    const { date, closed, start_time: start, end_time: end } = fieldsOf(one, place);
    const day = textOf(date, place);
    if (closed === true) week.closeDate(day, place);
    else week.openDate(day, { start: timeOf(start, place), end: timeOf(end, place) }, place);
  }
}
