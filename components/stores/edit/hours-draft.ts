import type { PutStoreHours, StoreHours } from "@/lib/contract/store-hours";
import { openingOf, openingsByDay, type Opening } from "@/components/stores/week-openings";
import { daySeconds } from "@/lib/uptime/units";

/** One opening as its fields have it: "09:00" to "02:00"; an end that is not after the start lies on the next day. */
export interface OpeningDraft {
  readonly start: string;
  readonly end: string;
}

/** Openings of the seven days from Monday on; a day without any is closed. */
export type WeekDraft = readonly (readonly OpeningDraft[])[];

/** What the form of hours has: the time zone, empty where none is given, and the week; null: open 24/7. */
export interface HoursDraft {
  readonly zone: string;
  readonly week: WeekDraft | null;
  /** The first local date on which the hours apply, or the beginning: then they replace all earlier ones. */
  readonly from: string;
}

export const beginning = "beginning";

/** Of a store that has had no hours yet. */
export const usualWeek: WeekDraft = Array.from({ length: 7 }, () => [{ start: "09:00", end: "17:00" }]);

/** "09:00", "09:00:30"; the end of a day as "00:00" */
function timeText(seconds: number): string {
  const ofDay = seconds % daySeconds;
  const parts = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60];
  return (parts[2] === 0 ? parts.slice(0, 2) : parts).map((part) => String(part).padStart(2, "0")).join(":");
}

/** An opening as fields have it. */
export function toOpeningDraft({ from, to }: Opening): OpeningDraft {
  return { start: timeText(from), end: timeText(to) };
}

/**
 * What is stored, as the form has it. A change applies from today on, or from the future date of the stored hours; the
 * first hours of a store apply to its past too.
 * @param today the local date of the newest data
 */
export function toDraft(stored: StoreHours, today: string): HoursDraft {
  const { time_zone: zone, business_hours: rows, valid_from: validFrom } = stored;
  const later = validFrom !== null && validFrom > today ? validFrom : today;
  const from = rows === null && stored.earlier.length === 0 ? beginning : later;
  return { zone: zone ?? "", from, week: rows === null ? null : toWeek(rows) };
}

/** Weekly rows of the API as the form has them. */
export function toWeek(rows: NonNullable<StoreHours["business_hours"]>): WeekDraft {
  const open = rows.flatMap(({ day, start, end }) =>
    start === undefined || end === undefined ? [] : [{ day, start, end }],
  );
  return openingsByDay(open).map((openings) => openings.map(toOpeningDraft));
}

/** What the form has, as the API takes it. */
export function toHours({ zone, week, from }: HoursDraft): PutStoreHours {
  const rows = week?.flatMap((openings, day): NonNullable<PutStoreHours["business_hours"]> =>
    openings.length === 0 ? [{ day, closed: true }] : openings.map((opening) => ({ day, ...toRow(opening) })),
  );
  return { time_zone: zone.trim() === "" ? null : zone.trim(), business_hours: rows ?? null, valid_from: from };
}

/** The end of a day is 24:00 for the API. */
export function toRow({ start, end }: OpeningDraft): OpeningDraft {
  return { start, end: end === "00:00" ? "24:00" : end };
}

/** An opening in seconds; null while a field is empty. */
function openingOfDraft(draft: OpeningDraft): Opening | null {
  return draft.start === "" || draft.end === "" ? null : openingOf(draft);
}

/** What is wrong with the openings of a day: null where nothing is. */
export function faultOf(openings: readonly OpeningDraft[]): string | null {
  const laid = openings.map(openingOfDraft);
  if (laid.includes(null)) return "Enter both times.";
  const known = laid.filter((one) => one !== null).toSorted((a, b) => a.from - b.from);
  if (known.some(({ from, to }) => from === to))
    return "Opening and closing times are the same. For 24 hours, enter 00:00 for both.";
  return known.some(({ from }, index) => from < (known[index - 1]?.to ?? 0)) ? "Two openings overlap." : null;
}

/** Whether an opening ends on the day after it starts; false for one that ends with its day. */
export function endsNextDay(draft: OpeningDraft): boolean {
  return (openingOfDraft(draft)?.to ?? 0) > daySeconds;
}

/** Where in a day the store is open, in shares of it, with the ends of the night before. */
export function spansOf(week: WeekDraft, day: number): readonly { readonly from: number; readonly width: number }[] {
  const on = (index: number) => (week[(index + 7) % 7] ?? []).flatMap((one) => openingOfDraft(one) ?? []);
  const ofNight = on(day - 1).map(({ to }) => ({ from: 0, to: to - daySeconds }));
  return [...ofNight, ...on(day)]
    .map(({ from, to }) => ({ from, to: Math.min(to, daySeconds) }))
    .filter(({ from, to }) => to > from)
    .map(({ from, to }) => ({ from: from / daySeconds, width: (to - from) / daySeconds }));
}
