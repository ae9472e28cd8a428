import { type ConvertedWeek, dayNames, dayOfName, refuse } from "./converted-week";
import { booleanOf, fieldsOf, isFields, listOf, requireSpelling, textOf, timeOf, type Fields } from "./json-fields";

const day = { uber: "monday", doorDash: "MON" } as const;

function dayOf(value: unknown, place: string, example: string): number {
  const name = textOf(value, place, example);
  return dayOfName(name) ?? refuse(place, `${name.slice(0, 40)} is not a day such as ${example}.`);
}

function timesOf(fields: Fields, place: string) {
  return {
    start: timeOf(fields["start_time"], `${place}.start_time`),
    end: timeOf(fields["end_time"], `${place}.end_time`),
  };
}

/** Whether a day or a period is served; it is where the field is missing. */
const isEnabled = ({ enabled }: Fields, place: string): boolean =>
  enabled === undefined || booleanOf(enabled, `${place}.enabled`);

function readServiceDay(one: unknown, place: string, week: ConvertedWeek): void {
  const fields = fieldsOf(one, place, '{"day_of_week":"monday","time_periods":[…]}');
  requireSpelling(fields, ["day_of_week", "time_periods", "enabled"], place);
  const dayIndex = dayOf(fields["day_of_week"], `${place}.day_of_week`, day.uber);
  const periods = listOf(fields["time_periods"]).flatMap((period, index) => {
    const at = `${place}.time_periods[${String(index)}]`;
    const times = fieldsOf(period, at, '{"start_time":"09:00","end_time":"17:00"}');
    requireSpelling(times, ["start_time", "end_time", "enabled"], at);
    return isEnabled(times, at) ? [{ times: timesOf(times, at), at }] : [];
  });
  const isServed = isEnabled(fields, place);
  if (!isServed && periods.length > 0) {
    week.note(`${place}: ${dayNames[dayIndex] ?? ""} is not enabled, so its hours are not kept.`);
  }
  const kept = isServed ? periods : [];
  if (kept.length === 0 && week.openingsOf(dayIndex).length === 0) week.close(dayIndex);
  for (const { times, at } of kept) week.open(dayIndex, times, at);
}

/** Reads the service availability of a menu: a day without an entry is not served. @throws AppError invalid_hours */
export function readUberEats(value: unknown, week: ConvertedWeek): void {
  const menus = isFields(value) ? listOf(value["menus"]) : [];
  if (menus.length > 1) week.note("The text has several menus; the hours of all are united.");
  const found = (menus.length > 0 ? menus : [value]).flatMap((menu, menuIndex) =>
    listOf(isFields(menu) ? menu["service_availability"] : menu).map((one, index) => ({
      one,
      place: `${menus.length > 1 ? `menus[${String(menuIndex)}].` : ""}service_availability[${String(index)}]`,
    })),
  );
  if (found.length === 0) refuse("The text", "it has no service_availability.");
  for (const { one, place } of found) readServiceDay(one, place, week);
}

function readSpecialDate(one: unknown, place: string, week: ConvertedWeek): void {
  const fields = fieldsOf(one, place, '{"date":"2026-12-25","closed":true}');
  requireSpelling(fields, ["date", "closed", "start_time", "end_time"], place);
  const date = textOf(fields["date"], `${place}.date`, "2026-12-25");
  if (!booleanOf(fields["closed"], `${place}.closed`)) {
    week.openDate(date, timesOf(fields, place), place);
    return;
  }
  if ((fields["start_time"] ?? fields["end_time"] ?? null) !== null) {
    week.note(`${place}: ${date} is closed, so its times are not kept.`);
  }
  week.closeDate(date, place);
}

/** Reads the hours of a DoorDash store or menu, and its special hours. @throws AppError invalid_hours */
export function readDoorDash(value: unknown, week: ConvertedWeek): void {
  const store = isFields(value) && isFields(value["store"]) ? value["store"] : value;
  const fields = fieldsOf(store, "The text", '{"hours":[…]}');
  const hours = listOf(fields["hours"] ?? fields["open_hours"]);
  const special = listOf(fields["special_hours"]);
  if (hours.length + special.length === 0) refuse("The text", "it has no hours.");
  for (const [index, one] of hours.entries()) {
    const place = `hours[${String(index)}]`;
    const row = fieldsOf(one, place, '{"day_index":"MON","start_time":"09:00","end_time":"17:00"}');
    week.open(dayOf(row["day_index"], `${place}.day_index`, day.doorDash), timesOf(row, place), place);
  }
  for (const [index, one] of special.entries()) readSpecialDate(one, `special_hours[${String(index)}]`, week);
}
