import { hoursFromOf, type HoursFrom } from "@/db/queries/bulk/earlier-hours";
import { AppError, type InputFault } from "@/lib/server/errors";
import { rowLengthHint, wallTimeHint } from "@/lib/server/text/wall-time-hint";
import { readZone } from "@/lib/server/zones/zone-rule";
import { layHours, parseClosingTime, parseWallTime } from "@/lib/uptime/business-hours";
import type { BusinessHours, DayHours, DayOfWeek, TimeZone } from "@/lib/uptime/types";
import { daySeconds } from "@/lib/uptime/units";

/** A row of weekly hours in a request: times, or a closed day. */
export interface WeeklyRowInput {
  readonly day: number;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly closed?: true | undefined;
}

const maxIntervalsPerDay = 50;
const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

/** @param fault called with the reason and the place within the row */
function layRow(
  { start, end }: { readonly start: string; readonly end: string },
  fault: (pointer: string, reason: string) => void,
): DayHours | null {
  const [startSecond, endSecond] = [parseWallTime(start.trim()), parseClosingTime(end.trim())];
  const withHint = (reason: string, hint: string | undefined): string =>
    hint === undefined ? reason : `${reason} ${sentence(hint)}`;
  if (startSecond === null || startSecond === daySeconds) {
    fault("/start", withHint("Must be a time from 00:00 to 23:59:59.", wallTimeHint(start.trim(), "start")));
    return null;
  }
  if (endSecond === null) {
    fault(
      "/end",
      withHint("Must be a time from 00:00 to 24:00, or up to 48:00 for a night.", wallTimeHint(end.trim(), "end")),
    );
    return null;
  }
  const laid = layHours(startSecond, endSecond);
  if (laid === null) fault("", sentence(rowLengthHint(startSecond, endSecond)));
  return laid;
}

/** How files write a closed day. */
function isClosed(start: string, end: string): boolean {
  const [from, to] = [start.trim(), end.trim()];
  return /^closed$/i.test(from) || /^closed$/i.test(to) || (from === "" && to === "");
}

function throwFaults(faults: readonly InputFault[]): void {
  if (faults.length === 0) return;
  throw new AppError("invalid_hours", faults.map(({ pointer, reason }) => `${pointer ?? ""}: ${reason}`).join(" "), {
    faults,
  });
}

/**
 * Hours of one date. @param at the place of the hours in the request
 * @throws AppError invalid_hours, listing every faulty row
 */
export function readDayHours(
  rows: readonly { readonly start: string; readonly end: string }[],
  at = "/hours",
): DayHours[] {
  const faults: InputFault[] = [];
  const hours = rows.flatMap((row, index) => {
    const fault = (pointer: string, reason: string): void => {
      faults.push({ pointer: `${at}/${index}${pointer}`, code: "invalid_hours", reason });
    };
    if (isClosed(row.start, row.end)) {
      fault("", "Send an empty list of hours for a closed date.");
      return [];
    }
    const laid = layRow(row, fault);
    return laid === null ? [] : [laid];
  });
  throwFaults(faults);
  return hours;
}

/**
 * The weekly hours of a store; the row 0–0 closes a day.
 * @param at the place of the hours in the request
 * @throws AppError invalid_hours, listing every faulty row; also for a day that is both closed and has hours
 */
export function readWeeklyHours(rows: readonly WeeklyRowInput[], at = ""): BusinessHours[] {
  const faults: InputFault[] = [];
  const weekly = rows.flatMap(({ day, start, end, closed }, index): BusinessHours[] => {
    const fault = (pointer: string, reason: string): void => {
      faults.push({ pointer: `${at}/business_hours/${index}${pointer}`, code: "invalid_hours", reason });
    };
    const dayOfWeek = days[day] ?? 0;
    if (closed === true) {
      if (start !== undefined || end !== undefined) fault("", "A closed day has no times.");
      if (rows.some((row) => row.day === day && row.closed !== true)) fault("", "This day is closed and has hours.");
      return [{ day: dayOfWeek, startSecond: 0, endSecond: 0 }];
    }
    if (start === undefined || end === undefined) {
      fault("", "Give start and end, or closed: true.");
      return [];
    }
    if (isClosed(start, end)) {
      fault("", "Write a closed day as closed: true, without times.");
      return [];
    }
    const laid = layRow({ start, end }, fault);
    return laid === null ? [] : [{ day: dayOfWeek, ...laid }];
  });
  for (const day of days) {
    if (weekly.filter((row) => row.day === day).length <= maxIntervalsPerDay) continue;
    faults.push({ pointer: `${at}/business_hours`, code: "invalid_hours", reason: "At most 50 intervals per day." });
  }
  throwFaults(faults);
  return weekly;
}

/** Weekly hours among the fields that a request changes. */
interface HoursEdit {
  readonly business_hours?: readonly WeeklyRowInput[] | null | undefined;
  readonly valid_from?: string | undefined;
}

/**
 * New weekly hours, and from when they apply; null when a request changes none.
 * @throws AppError invalid_hours, invalid_valid_from for a date without hours
 */
export function readHoursEdit({ business_hours: rows, valid_from: validFrom }: HoursEdit): {
  readonly weekly: readonly BusinessHours[];
  readonly from: HoursFrom;
} | null {
  if (rows !== undefined) return { weekly: readWeeklyHours(rows ?? []), from: hoursFromOf(validFrom) };
  if (validFrom === undefined) return null;
  const reason = "valid_from is the first day of business_hours: give both.";
  const faults = [{ pointer: "/valid_from", code: "invalid_valid_from", reason }];
  throw new AppError("invalid_valid_from", reason, { faults });
}

/**
 * @param at the place of the zone's object in the request
 * @throws AppError invalid_zone, suggesting the name that was probably meant
 */
export function readTimeZone(name: string, at = ""): TimeZone | null {
  const reading = readZone(name.trim());
  if (reading.fault === undefined) return reading.zone;
  const { reason } = reading.fault;
  const faults = [{ pointer: `${at}/time_zone`, code: "invalid_zone", reason }];
  throw new AppError("invalid_zone", reason, { faults });
}
