import type { PutStoreHours, StoreHours } from "@/lib/contract/store-hours";
import { beginning, toDraft, toHours, toWeek, usualWeek, type HoursDraft, type WeekDraft } from "./hours-draft";

/** What the fields of hours have. What an unchosen option had stays, so that it is there when it is chosen again. */
export interface HoursFields {
  /** Empty where none is given. */
  readonly zone: string;
  readonly isAlways: boolean;
  readonly week: WeekDraft;
  readonly isFromStart: boolean;
  /** The first local date; empty while none is chosen. */
  readonly date: string;
}

/** Stored hours as the fields have them at first. @param today the local date of the newest data */
export function toFields(stored: StoreHours, today: string): HoursFields {
  const { zone, week, from } = toDraft(stored, today);
  const isFromStart = from === beginning;
  return { zone, isAlways: week === null, week: week ?? usualWeek, isFromStart, date: isFromStart ? today : from };
}

/** The fields with another week. @param rows null: open 24/7 */
export function withRows(fields: HoursFields, rows: StoreHours["business_hours"]): HoursFields {
  return rows === null ? { ...fields, isAlways: true } : { ...fields, isAlways: false, week: toWeek(rows) };
}

/** What is chosen in the fields. */
export function draftOf({ zone, isAlways, week, isFromStart, date }: HoursFields): HoursDraft {
  return { zone, week: isAlways ? null : week, from: isFromStart ? beginning : date };
}

/** What the fields change: the zone, which has no dates, and the weekly hours, which have. */
export interface HoursChanges {
  readonly zone: boolean;
  readonly hours: boolean;
}

/** @param today as of `toFields` */
export function changesOf(stored: StoreHours, fields: HoursFields, today: string): HoursChanges {
  const [sent, kept] = [draftOf(fields), toDraft(stored, today)].map(toHours);
  const rowsOf = (hours: PutStoreHours | undefined) => JSON.stringify(hours?.business_hours);
  const { valid_from: validFrom } = stored;
  // The same hours from a later date on are no change.
  const startsEarlier = validFrom !== null && (fields.isFromStart || (fields.date !== "" && fields.date < validFrom));
  return { zone: sent?.time_zone !== kept?.time_zone, hours: startsEarlier || rowsOf(sent) !== rowsOf(kept) };
}

/** What is sent. Hours that were not changed are sent as they are stored: the form writes a night in its own way. */
export function hoursToSend(stored: StoreHours, fields: HoursFields, changes: HoursChanges): PutStoreHours {
  const hours = toHours(draftOf(fields));
  if (changes.hours) return hours;
  return { ...hours, business_hours: stored.business_hours, valid_from: stored.valid_from ?? beginning };
}

/** What the date from which changes apply means for figures. */
export function fromText({ isFromStart }: HoursFields, { zone, hours }: HoursChanges): string {
  const ofHours = isFromStart
    ? "Replaces all earlier hours. Past figures are recalculated."
    : "Figures of earlier days keep the hours of those days.";
  if (!zone) return ofHours;
  return hours ? `${ofHours} A new time zone applies to all days.` : "A new time zone applies to all days.";
}
