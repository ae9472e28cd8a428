import type { StoreHours } from "@/lib/contract/store-hours";
import type { StoreDetail } from "@/lib/contract/stores";
import { dateText, type TimeStyle } from "@/lib/format/time-style";
import { dayMs } from "@/lib/uptime/units";

/** The local dates on which weekly hours apply. */
export interface Validity {
  /** Null: from the beginning. */
  readonly validFrom: string | null;
  /** The date on which the next ones start. Null: without end. */
  readonly validBefore: string | null;
}

/** Weekly hours with the dates on which they apply; `rows` is null where none were given. */
export interface HoursVersion extends Validity {
  readonly rows: StoreDetail["business_hours"] | null;
}

function toRows(given: StoreHours["business_hours"]): HoursVersion["rows"] {
  if (given === null) return null;
  return given.flatMap(({ day, start, end }) =>
    start === undefined || end === undefined ? [] : [{ day, start, end }],
  );
}

/** All weekly hours of a store, newest first. */
export function versionsOf(hours: StoreHours): readonly HoursVersion[] {
  const latest = { validFrom: hours.valid_from, validBefore: null, rows: toRows(hours.business_hours) };
  const earlier = hours.earlier.map((one) => ({
    validFrom: one.valid_from,
    validBefore: one.valid_before,
    rows: toRows(one.business_hours),
  }));
  return [latest, ...earlier.reverse()];
}

/** "until Nov 2, 2026", "Nov 3, 2026 to Dec 1, 2026", "since Dec 2, 2026", "always" */
export function validityText({ validFrom, validBefore }: Validity, style: TimeStyle): string {
  const text = (date: string, days = 0): string =>
    dateText("dateOfYear", new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs), style);
  if (validFrom === null) return validBefore === null ? "always" : `until ${text(validBefore, -1)}`;
  return validBefore === null ? `since ${text(validFrom)}` : `${text(validFrom)} to ${text(validBefore, -1)}`;
}

/** As a heading: "Until Nov 2, 2026". */
export function validityTitle(validity: Validity, style: TimeStyle): string {
  const text = validityText(validity, style);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
