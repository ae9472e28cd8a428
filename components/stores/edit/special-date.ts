import type { ScheduleException } from "@/lib/contract/store-edit";
import { openingOf } from "@/components/stores/week-openings";
import { toOpeningDraft, type OpeningDraft } from "./hours-draft";

/** A date with its hours as the form has them: without any it is closed. */
export interface DateDraft {
  /** Empty while none is chosen. */
  readonly date: string;
  readonly openings: readonly OpeningDraft[];
}

export function toDateDraft({ date, hours }: ScheduleException): DateDraft {
  return { date, openings: hours.map((row) => toOpeningDraft(openingOf(row))) };
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
