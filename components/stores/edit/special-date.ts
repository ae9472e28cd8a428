import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreHours } from "@/lib/contract/store-hours";
import { toOpeningDraft, type OpeningDraft } from "./hours-draft";
import { openingsOn } from "./today-hours";

/** A date with its hours as the form has them: without any it is closed. */
export interface DateDraft {
  /** Empty while none is chosen. */
  readonly date: string;
  readonly openings: readonly OpeningDraft[];
}

/** @param weekly what applies outside the closed part of a date */
export function toDateDraft(exception: ScheduleException, weekly: StoreHours): DateDraft {
  const { date } = exception;
  return { date, openings: openingsOn(weekly, date, exception).map(toOpeningDraft) };
}

/** Ids of what the focus moves to when what had it goes. */
export const addDateId = "add-special-date";
export const dateFieldId = "special-date";
export const editDateId = (date: string): string => `edit-special-${date}`;

/** The date whose row takes the place of a removed one, or else is the last. @param dates in the order of the rows */
export function dateBeside(dates: readonly string[], removed: string): string | null {
  const index = dates.indexOf(removed);
  return dates[index + 1] ?? dates[index - 1] ?? null;
}
