import type { HoursFormat } from "@/lib/contract/hours-conversion";
import { convertHours } from "@/lib/server/spellings/convert-hours";

const names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/** `Mo 09:00-17:00` for each opening, `Mo closed`; dates the same way. The week is empty where the text has none. */
export function read(text: unknown, format?: HoursFormat) {
  const written = typeof text === "string" ? text : JSON.stringify(text);
  const { business_hours: rows, exceptions, notes, ...result } = convertHours({ text: written, format });
  const week = rows?.map(
    ({ day, start, end }) => `${names[day] ?? ""} ${start === undefined ? "closed" : `${start}-${end ?? ""}`}`,
  );
  const dates = exceptions.map(({ date, hours }) =>
    [date, ...hours.map(({ start, end }) => `${start}-${end}`)].join(" "),
  );
  return { ...result, week: rows === null ? ["always"] : (week ?? []), dates, notes };
}

/** The openings of the week. */
export const open = (text: unknown, format?: HoursFormat) =>
  read(text, format)
    .week.filter((row) => !row.endsWith("closed"))
    .join(", ");
