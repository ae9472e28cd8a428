import type { BusinessHours, DayHours, DayOfWeek, ScheduleException } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

/** The data about a store's opening times. Stores with equal data share one object. */
export interface GivenSchedule {
  /** Null: no zone was given. */
  readonly timeZone: string | null;
  /** Ascending by day and start. Null: no hours were given; empty: each given day is closed. */
  readonly weekly: readonly BusinessHours[] | null;
  /** Days that were given as closed, ascending. */
  readonly closedDays: readonly DayOfWeek[];
  /** Ascending by date. */
  readonly exceptions: readonly ScheduleException[];
}

const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
const weeklyBytes = 10;
const exceptionBytes = 12;
/** 2000-01-01, the epoch from which the server counts dates, in ms since 1970. */
const firstDateMs = 946_684_800_000;

function decodeWeekly(bytes: Buffer): { readonly weekly: BusinessHours[]; readonly closedDays: DayOfWeek[] } {
  const weekly: BusinessHours[] = [];
  const closedDays: DayOfWeek[] = [];
  for (let start = 0; start < bytes.length; start += weeklyBytes) {
    const day = days[bytes.readInt16BE(start)];
    if (day === undefined) throw new Error("A day of the week outside 0 to 6.");
    const endSecond = bytes.readInt32BE(start + 6);
    // The row 0–0 means closed.
    if (endSecond === 0) closedDays.push(day);
    else weekly.push({ day, startSecond: bytes.readInt32BE(start + 2), endSecond });
  }
  return { weekly, closedDays };
}

function decodeExceptions(bytes: Buffer): ScheduleException[] {
  const hoursOfDate = new Map<string, DayHours[]>();
  for (let start = 0; start < bytes.length; start += exceptionBytes) {
    const date = new Date(firstDateMs + bytes.readInt32BE(start) * dayMs).toISOString().slice(0, 10);
    const hours = hoursOfDate.get(date) ?? [];
    hoursOfDate.set(date, hours);
    const endSecond = bytes.readInt32BE(start + 8);
    // The row 0–0 means closed.
    if (endSecond > 0) hours.push({ startSecond: bytes.readInt32BE(start + 4), endSecond });
  }
  return [...hoursOfDate].map(([date, hours]) => ({ date, hours }));
}

/**
 * The expressions that pack the weekly rows of one store, and its exceptions, in ascending order: for a list of
 * aggregates.
 */
export const packedHours = {
  weekly: `string_agg(int2send(day) || int4send(start_second) || int4send(end_second), ''
    order by day, start_second, end_second)`,
  exceptions: `string_agg(date_send(local_date) || int4send(start_second) || int4send(end_second), ''
    order by local_date, start_second, end_second)`,
} as const;

/** Maximum number of cached schedules: real fleets have a sixth as many as stores. */
const maxRemembered = 4096;

/** Decodes packed hours. Equal content gives the same object, since a fleet has far fewer schedules than stores. */
export class ScheduleDecoder {
  private readonly known = new Map<string, GivenSchedule>();

  /** @param weekly, exceptions packed by `packedHours`; null: none were given */
  decode(timeZone: string | null, weekly: Buffer | null, exceptions: Buffer | null): GivenSchedule {
    const content = [timeZone ?? "", weekly?.toString("latin1") ?? "", exceptions?.toString("latin1") ?? ""];
    // The zone's name and the lengths before them keep different contents from being joined to the same text.
    const key = `${String(content[1]!.length)} ${String(content[0]!.length)} ${content.join("")}`;
    const same = this.known.get(key);
    if (same !== undefined) return same;
    const schedule = {
      timeZone,
      ...(weekly === null ? { weekly: null, closedDays: [] } : decodeWeekly(weekly)),
      exceptions: exceptions === null ? [] : decodeExceptions(exceptions),
    };
    // Limits the cache for any fleet.
    if (this.known.size === maxRemembered) this.known.clear();
    this.known.set(key, schedule);
    return schedule;
  }
}
