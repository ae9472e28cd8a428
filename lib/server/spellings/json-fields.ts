import { refuse } from "./converted-week";

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @throws AppError invalid_hours */
export function fieldsOf(value: unknown, place: string): Fields {
  return isFields(value) ? value : refuse(place, "expected an object.");
}

/** A list, or one value in place of a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

export function textOf(value: unknown, place: string): string {
  return typeof value === "string" ? value.trim() : refuse(place, "expected text.");
}

/** A part of a time; these services leave out parts that are zero. */
function partOf(value: unknown, place: string): string {
  if (value === undefined) return "00";
  if (typeof value !== "number" || !Number.isInteger(value)) return refuse(place, "hours and minutes must be numbers.");
  return String(value).padStart(2, "0");
}

/**
 * A time as HH:MM: of "09:00", "9:00:00", "0900" or `{ hours, minutes }`; seconds are kept where they count.
 * @throws AppError invalid_hours
 */
export function timeOf(value: unknown, place: string): string {
  if (isFields(value)) {
    const [hours, minutes] = [value["hours"] ?? value["hour"], value["minutes"] ?? value["minute"]];
    return `${partOf(hours, place)}:${partOf(minutes, place)}`;
  }
  const text = textOf(value, place);
  const [, hours, minutes, seconds = "00"] = /^T?(\d{1,2}):?(\d{2})(?::(\d{2}))?(?:\.0+)?Z?$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined)
    return refuse(place, `${text.slice(0, 40)} is not a time such as 09:00.`);
  const time = `${hours.padStart(2, "0")}:${minutes}`;
  return seconds === "00" ? time : `${time}:${seconds}`;
}

/** The dates from one to another, at most 400. @throws AppError invalid_hours */
export function datesBetween(from: string, to: string, place: string): readonly string[] {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  const count = (last - first) / 86_400_000 + 1;
  if (!(count >= 1 && count <= 400))
    return refuse(place, `${from} to ${to} are not 1 to 400 dates such as 2026-12-24.`);
  return Array.from({ length: count }, (_, day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10));
}
