import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreHours } from "@/lib/contract/store-hours";
import { openingOf, openingsByDay, type Opening } from "@/components/stores/week-openings";
import { dayMs, daySeconds } from "@/lib/uptime/units";

/** The business day at a time: its date, and the time on it. A night belongs to the date on which it starts. */
export interface BusinessDay {
  readonly date: string;
  /** Seconds since its midnight, past 86400 after the next one. */
  readonly second: number;
  readonly openings: readonly Opening[];
  /** The special hours that the date has already. */
  readonly own: ScheduleException | null;
}

export function dateBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
}

const always: readonly Opening[] = [{ from: 0, to: daySeconds }];

function weeklyOpenings({ business_hours: latest, earlier }: StoreHours, date: string): readonly Opening[] {
  const until = earlier.find(({ valid_before: end }) => date < end);
  const rows = until === undefined ? latest : until.business_hours;
  if (rows === null) return always;
  const open = rows.flatMap(({ day, start, end }) =>
    start === undefined || end === undefined ? [] : [{ day, start, end }],
  );
  const day = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return openingsByDay(open)[day] ?? [];
}

/** What is left of openings without a closed part. One up to midnight also closes what goes on after it. */
function without(openings: readonly Opening[], { from, to }: Opening): readonly Opening[] {
  const end = to >= daySeconds ? Infinity : to;
  return openings.flatMap((one) =>
    [
      { from: one.from, to: Math.min(one.to, from) },
      { from: Math.max(one.from, end), to: one.to },
    ].filter((part) => part.from < part.to),
  );
}

/** The openings of a date, in order. @param own the special hours of the date */
export function openingsOn(hours: StoreHours, date: string, own: ScheduleException | null): readonly Opening[] {
  const closed = own?.closed_hours?.map(openingOf);
  const openings =
    own !== null && closed === undefined
      ? own.hours.map(openingOf)
      : (closed ?? []).reduce(without, weeklyOpenings(hours, date));
  return openings.toSorted((a, b) => a.from - b.from);
}

/** @param date the local date   @param second since its midnight */
export function businessDay(
  hours: StoreHours,
  exceptions: readonly ScheduleException[],
  date: string,
  second: number,
): BusinessDay {
  const dayOf = (one: string, at: number): BusinessDay => {
    const own = exceptions.find((exception) => exception.date === one) ?? null;
    return { date: one, second: at, own, openings: openingsOn(hours, one, own) };
  };
  const before = dayOf(dateBefore(date), second + daySeconds);
  return before.openings.some(({ to }) => before.second < to) ? before : dayOf(date, second);
}

/** The hours that the store itself has on a date; null: none of its own, even if a calendar has some. */
export function ownHours(exception: ScheduleException | null): ScheduleException["hours"] | null {
  return exception === null || exception.calendar !== undefined ? null : exception.hours;
}

/** One choice: until when, in seconds since the date's midnight, and the date's hours with it. */
export interface TodayChoice {
  readonly until: number;
  readonly openings: readonly Opening[];
}

const hour = 3_600;
const mostChoices = 6;

const isStorable = ({ from, to }: Opening): boolean =>
  from < daySeconds && to > from && to < from + daySeconds + (from === 0 ? 1 : 0);

/** A break from now until a full hour that shortens an opening, or for the rest of the day, which is the last choice. */
export function breakChoices({ second, openings }: BusinessDay): readonly TodayChoice[] {
  const end = openings.at(-1)?.to ?? 0;
  if (second >= end) return [];
  const from = second - (second % 60);
  const cut = (until: number): readonly Opening[] =>
    openings.flatMap((one) =>
      [
        { from: one.from, to: Math.min(one.to, from) },
        { from: Math.max(one.from, until), to: one.to },
      ].filter((part) => part.from < part.to),
    );
  const opens = openings.find(({ to }) => to > second)?.from ?? 0;
  const first = Math.floor(Math.max(second, opens) / hour) + 1;
  const hours = Array.from({ length: mostChoices - 1 }, (_, index) => (first + index) * hour).filter(
    (until) => until < end,
  );
  return [...hours, end]
    .map((until) => ({ until, openings: cut(until) }))
    .filter((choice) => choice.openings.every(isStorable));
}

/** Open one, two, three hours longer than the day's last closing time, where that is not past. */
export function lateChoices({ second, openings }: BusinessDay): readonly TodayChoice[] {
  const last = openings.at(-1);
  if (last === undefined || (last.from === 0 && last.to === daySeconds)) return [];
  return [1, 2, 3]
    .map((more) => last.to + more * hour)
    .filter((until) => until > second)
    .map((until) => ({ until, openings: [...openings.slice(0, -1), { ...last, to: until }] }))
    .filter((choice) => choice.openings.every(isStorable));
}

function timeText(second: number): string {
  const parts = [Math.floor(second / hour), Math.floor(second / 60) % 60, second % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** Openings as the API takes them. */
export function toRows(openings: readonly Opening[]): ScheduleException["hours"] {
  return openings.map(({ from, to }) => ({
    start: timeText(from),
    end: timeText(to > daySeconds ? to - daySeconds : to),
  }));
}
