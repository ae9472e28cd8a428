import type { Calendar, CalendarEntry } from "@/lib/contract/calendars";
import { oneOf, type holidayTypes } from "@/lib/contract/enums";
import {
  endsNextDay,
  faultOf as openingsFault,
  toOpeningDraft,
  toRow,
  type OpeningDraft,
} from "@/components/stores/edit/hours-draft";
import { openingOf } from "@/components/stores/week-openings";

type HolidayType = (typeof holidayTypes)[number];

/** Which dates an entry is about. */
export const entryKinds = ["date", "range", "yearly", "weekday", "holidays"] as const;
export type EntryKind = (typeof entryKinds)[number];

/** What applies on its dates. */
export const entryEffects = ["closed", "hours", "part"] as const;
export type EntryEffect = (typeof entryEffects)[number];

/** An entry of a calendar as its fields have it. What an unchosen kind had stays until it is chosen again. */
export interface EntryDraft {
  /** Of the form: entries move up when one before them is removed. */
  readonly key: number;
  readonly name: string;
  readonly kind: EntryKind;
  /** The date, or the first one; empty while none is chosen. */
  readonly from: string;
  readonly to: string;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1 for the first one of the month; -1 for the last. */
  readonly week: number;
  /** 0 = Monday. */
  readonly weekday: number;
  readonly plusDays: number;
  /** Codes; empty: not chosen. */
  readonly country: string;
  readonly state: string;
  readonly region: string;
  readonly types: readonly HolidayType[];
  readonly observed: boolean;
  readonly effect: EntryEffect;
  readonly openings: readonly OpeningDraft[];
}

/** The fields of an entry, and what changes them. */
export interface EntryFieldsProps {
  readonly entry: EntryDraft;
  readonly onChange: (change: Partial<EntryDraft>) => void;
}

/** A new entry: closed, on dates still to be chosen. */
export function newEntry(key: number, kind: EntryKind): EntryDraft {
  return {
    ...{ key, kind, name: "", from: "", to: "", month: 12, day: 25, week: 4, weekday: 3, plusDays: 0 },
    ...{ country: "", state: "", region: "", types: ["public"], observed: false, effect: "closed", openings: [] },
  };
}

function onOf(entry: EntryDraft): CalendarEntry["on"] {
  const { kind, from, to, month, day, week, weekday, plusDays, country, state, region, types, observed } = entry;
  switch (kind) {
    case "date":
      return { kind, date: from };
    case "range":
      return { kind, from, to };
    case "yearly":
      return { kind, month, day };
    case "weekday":
      return { kind, month, week, weekday, ...(plusDays === 0 ? {} : { plus_days: plusDays }) };
    case "holidays":
      return {
        ...{ kind, country, types: [...types], observed },
        ...(state === "" ? {} : { state }),
        ...(region === "" ? {} : { region }),
      };
  }
}

function fieldsOn(on: CalendarEntry["on"]): Partial<EntryDraft> {
  switch (on.kind) {
    case "date":
      return { from: on.date, to: on.date };
    case "range":
      return { from: on.from, to: on.to };
    case "yearly":
      return { month: on.month, day: on.day };
    case "weekday":
      return { month: on.month, week: on.week, weekday: on.weekday, plusDays: on.plus_days ?? 0 };
    case "holidays": {
      const { country, state = "", region = "", types, observed } = on;
      return { country, state, region, types, observed };
    }
  }
}

/** An entry as it is stored, in the fields of a form. */
export function toEntryDraft(entry: Calendar["entries"][number], key: number): EntryDraft {
  const { name = "", on, hours, closed_hours: closed } = entry;
  const openings = (closed ?? hours ?? []).map((row) => toOpeningDraft(openingOf(row)));
  const effect: EntryEffect = closed !== undefined ? "part" : openings.length === 0 ? "closed" : "hours";
  return { ...newEntry(key, on.kind), ...fieldsOn(on), name, effect, openings };
}

/** An entry as the API takes it. */
export function toEntry(entry: EntryDraft): CalendarEntry {
  const { name, effect, openings } = entry;
  const rows = openings.map(toRow);
  const trimmed = name.trim();
  return {
    ...(trimmed === "" ? {} : { name: trimmed }),
    on: onOf(entry),
    ...(effect === "part" ? { closed_hours: rows } : { hours: effect === "closed" ? [] : rows }),
  };
}

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The days that a month can have. @param month 1 to 12 */
export function daysIn(month: number): number {
  return daysOfMonth[month - 1] ?? 31;
}

function datesFault({ kind, from, to, country, types }: EntryDraft): string | null {
  if (kind === "holidays") {
    if (country === "") return "Choose a country.";
    return types.length === 0 ? "Choose at least one kind of holiday." : null;
  }
  if (kind === "date") return from === "" ? "Choose a date." : null;
  if (kind !== "range") return null;
  if (from === "" || to === "") return "Choose the first and the last date.";
  return to < from ? "The last date is before the first one." : null;
}

/** What is wrong with an entry; null where nothing is. */
export function entryFault(entry: EntryDraft): string | null {
  if (entry.kind !== "holidays" && entry.name.trim() === "") return "Enter a name.";
  const dates = datesFault(entry);
  if (dates !== null || entry.effect === "closed") return dates;
  if (entry.openings.length === 0) {
    return entry.effect === "part" ? "Add the closed hours." : "Add hours, or choose “Closed all day”.";
  }
  if (entry.effect === "part" && entry.openings.some(endsNextDay)) {
    return "Closed hours end by midnight. Enter 00:00, and the rest for the date after it.";
  }
  return openingsFault(entry.openings);
}

/** The kind that a select chose. */
export const kindOf = (value: string): EntryKind => oneOf(entryKinds, value) ?? "date";
