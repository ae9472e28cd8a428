import type { BusinessHours, DayHours, DayOfWeek, ScheduleException } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

/** What was given about when a store is open. Stores of which the same was given share one object. */
export interface GivenSchedule {
  /** Null: no zone was given. */
  readonly timeZone: string | null;
  /** Ascending by day and start. Null: no hours were given; empty: each day that was given is closed. */
  readonly weekly: readonly BusinessHours[] | null;
  /** Days that were said to be closed, ascending. */
  readonly closedDays: readonly DayOfWeek[];
  /** Ascending by date. */
  readonly exceptions: readonly ScheduleException[];
}

const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
const weeklyBytes = 10;
const exceptionBytes = 12;
/** 2000-01-01, from which the server counts dates, in ms since 1970. */
const firstDateMs = 946_684_800_000;

function decodeWeekly(bytes: Buffer): { readonly weekly: BusinessHours[]; readonly closedDays: DayOfWeek[] } {
  const weekly: BusinessHours[] = [];
  const closedDays: DayOfWeek[] = [];
  for (let start = 0; start < bytes.length; start += weeklyBytes) {
    const day = days[bytes.readInt16BE(start)];
    if (day === undefined) throw new Error("A day of the week outside 0 to 6.");
    const endSecond = bytes.readInt32BE(start + 6);
    // The row 0–0 says closed.
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
    // The row 0–0 says closed.
    if (endSecond > 0) hours.push({ startSecond: bytes.readInt32BE(start + 4), endSecond });
  }
  return [...hoursOfDate].map(([date, hours]) => ({ date, hours }));
}

/** What packs the weekly rows of one store, and its exceptions, in ascending order: for a list of aggregates. */
export const packedHours = {
  weekly: `string_agg(int2send(day) || int4send(start_second) || int4send(end_second), ''
    order by day, start_second, end_second)`,
  exceptions: `string_agg(date_send(local_date) || int4send(start_second) || int4send(end_second), ''
    order by local_date, start_second, end_second)`,
} as const;

/** Schedules that are remembered at the most: real fleets have a sixth as many as stores. */
const maxRemembered = 4096;

/** Decodes packed hours. Of the same content comes the same object, since a fleet has far fewer schedules than stores. */
export class ScheduleDecoder {
  private readonly known = new Map<string, GivenSchedule>();

  /** @param weekly, exceptions as `packedHours` makes them; null: none were given */
  decode(timeZone: string | null, weekly: Buffer | null, exceptions: Buffer | null): GivenSchedule {
    const content = [timeZone ?? "", weekly?.toString("latin1") ?? "", exceptions?.toString("latin1") ?? ""];
    // Neither a zone's name nor the lengths before them let two contents run into one.
    const key = `${String(content[1]!.length)} ${String(content[0]!.length)} ${content.join("")}`;
    const same = this.known.get(key);
    if (same !== undefined) return same;
    const schedule = {
      timeZone,
      ...(weekly === null ? { weekly: null, closedDays: [] } : decodeWeekly(weekly)),
      exceptions: exceptions === null ? [] : decodeExceptions(exceptions),
    };
    // Of whatever fleet, it holds no more than this.
    if (this.known.size === maxRemembered) this.known.clear();
    this.known.set(key, schedule);
    return schedule;
  }
}
