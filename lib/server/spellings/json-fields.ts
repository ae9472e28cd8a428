import { refuse, requireDate } from "./converted-week";

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** Refuses what is missing or of another kind. @param kind what is expected, with an example */
function refuseValue(value: unknown, place: string, kind: string): never {
  return refuse(place, isMissing(value) ? `it is missing. Expected ${kind}.` : `expected ${kind}.`);
}

/** @param example what the object looks like @throws AppError invalid_hours */
export function fieldsOf(value: unknown, place: string, example: string): Fields {
  return isFields(value) ? value : refuseValue(value, place, `an object such as ${example}`);
}

/** A list, or one value in place of a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

/** @param example a value that is accepted @throws AppError invalid_hours */
export function textOf(value: unknown, place: string, example: string): string {
  return typeof value === "string" && value.trim() !== ""
    ? value.trim()
    : refuseValue(value, place, `text such as ${example}`);
}

/** True or false; false when it is missing. @throws AppError invalid_hours */
export function booleanOf(value: unknown, place: string): boolean {
  if (isMissing(value)) return false;
  return typeof value === "boolean" ? value : refuse(place, "expected true or false, without quotation marks.");
}

/** Refuses a name that differs from one of these only in case or by a prefix: it would be overlooked. */
export function requireSpelling(fields: Fields, names: readonly string[], place: string): void {
  for (const written of Object.keys(fields)) {
    const plain = written.replace(/^(?:https?:\/\/schema\.org\/|schema:)/i, "").toLowerCase();
    const name = names.find((one) => one.toLowerCase() === plain);
    if (name !== undefined && name !== written) refuse(`${place}.${written}`, `write this name as ${name}.`);
  }
}

/** A part of a time; these services leave out parts that are zero. */
function partOf(value: unknown, place: string): string {
  if (value === undefined) return "00";
  if (typeof value !== "number" || !Number.isInteger(value)) return refuse(place, "hours and minutes must be numbers.");
  return String(value).padStart(2, "0");
}

/**
 * A time as HH:MM: of "09:00", "9:00:00", "0900" or `{ hours, minutes }`; seconds are kept where they count.
 * @throws AppError invalid_hours, also for a time with a zone: hours are local
 */
export function timeOf(value: unknown, place: string): string {
  if (isFields(value)) {
    const [hours, minutes] = [value["hours"] ?? value["hour"], value["minutes"] ?? value["minute"]];
    return `${partOf(hours, place)}:${partOf(minutes, place)}`;
  }
  if (typeof value !== "string") return refuseValue(value, place, "a time such as 09:00");
  const text = value.trim();
  if (/\d\s*(?:Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)$/i.test(text)) {
    refuse(place, `${text.slice(0, 40)} has a time zone. Write the store’s local time, such as 09:00.`);
  }
  const [, hours, minutes, seconds = "00"] = /^T?(\d{1,2}):?(\d{2})(?::(\d{2}))?(?:\.0+)?$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined)
    return refuse(place, `${text.slice(0, 40)} is not a time such as 09:00.`);
  const time = `${hours.padStart(2, "0")}:${minutes}`;
  return seconds === "00" ? time : `${time}:${seconds}`;
}

/** The dates from one to another, at most 400. @throws AppError invalid_hours, also for a date that does not exist */
export function datesBetween(from: string, to: string, place: string): readonly string[] {
  for (const date of [from, to]) requireDate(date, place);
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  const count = (last - first) / 86_400_000 + 1;
  if (!(count >= 1 && count <= 400))
    return refuse(place, `${from} to ${to} are not 1 to 400 dates such as 2026-12-24.`);
  return Array.from({ length: count }, (_, day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10));
}
