import type { CalendarLayer } from "@/lib/uptime/calendar";
import type { BusinessHours, DayOfWeek, ScheduleException } from "@/lib/uptime/types";
import type { EarlierValue } from "@/lib/uptime/hours-history";
import { decodeDates, decodeLayers, readDate, type CalendarsById } from "./calendar-codec";

/** Weekly hours, as given. */
export interface GivenWeek {
  /** Ascending by day and start. Null: no hours were given; empty: each given day is closed. */
  readonly weekly: readonly BusinessHours[] | null;
  /** Days that were given as closed, ascending. */
  readonly closedDays: readonly DayOfWeek[];
}

/** The data about a store's opening times: its latest weekly hours and the others. Stores with equal data share one object. */
export interface GivenSchedule extends GivenWeek {
  /** Null: no zone was given. */
  readonly timeZone: string | null;
  /** The weekly hours that applied before a local date, ascending by date. */
  readonly earlier: readonly EarlierValue<GivenWeek>[];
  /** Its own, ascending by date. */
  readonly exceptions: readonly ScheduleException[];
  /** Its calendars, in the order in which they apply after its own exceptions. */
  readonly calendars: readonly CalendarLayer[];
}

const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
const weeklyBytes = 10;

/** Packs weekly rows like `packedHours.weekly`, in any order. */
export function packWeekly(rows: readonly BusinessHours[]): Buffer {
  const packed = rows.map(({ day, startSecond, endSecond }) => {
    const bytes = Buffer.alloc(weeklyBytes);
    bytes.writeInt16BE(day, 0);
    bytes.writeInt32BE(startSecond, 2);
    bytes.writeInt32BE(endSecond, 6);
    return bytes;
  });
  // All numbers are positive, so the order of bytes is that of day, start and end.
  const sorted = packed.sort((a, b) => Buffer.compare(a, b));
  return Buffer.concat(sorted.filter((row, i) => i === 0 || !row.equals(sorted[i - 1]!)));
}

/** @param bytes null: none were given */
function decodeWeek(bytes: Buffer | null): GivenWeek {
  if (bytes === null) return { weekly: null, closedDays: [] };
  const rows = unpackWeekly(bytes);
  const isClosed = ({ endSecond }: BusinessHours): boolean => endSecond === 0;
  return { weekly: rows.filter((row) => !isClosed(row)), closedDays: rows.filter(isClosed).map(({ day }) => day) };
}

function decodeEarlier(bytes: Buffer): EarlierValue<GivenWeek>[] {
  const earlier: EarlierValue<GivenWeek>[] = [];
  for (let start = 0; start < bytes.length;) {
    const length = bytes.readInt32BE(start + 4);
    const end = start + 8 + Math.max(length, 0);
    const value = decodeWeek(length < 0 ? null : bytes.subarray(start + 8, end));
    earlier.push({ before: readDate(bytes, start), value });
    start = end;
  }
  return earlier;
}

/** Unpacks weekly rows, ascending; the row 0–0 marks a closed day. */
export function unpackWeekly(bytes: Buffer): BusinessHours[] {
  const rows: BusinessHours[] = [];
  for (let start = 0; start < bytes.length; start += weeklyBytes) {
    const day = days[bytes.readInt16BE(start)];
    if (day === undefined) throw new Error("A day of the week outside 0 to 6.");
    rows.push({ day, startSecond: bytes.readInt32BE(start + 2), endSecond: bytes.readInt32BE(start + 6) });
  }
  return rows;
}

function decodeExceptions(bytes: Buffer): ScheduleException[] {
  return decodeDates(bytes).flatMap(({ date, effect }) => ("hours" in effect ? { date, hours: effect.hours } : []));
}

/**
 * The expressions that pack the weekly rows of one store, its exceptions and its earlier hours, in ascending order: for a list of
 * aggregates.
 */
export const packedHours = {
  weekly: `string_agg(int2send(day) || int4send(start_second) || int4send(end_second), ''
    order by day, start_second, end_second)`,
  /** Of rows of `import_hours`, in the form of \`weekly\`. */
  staged: `string_agg(int2send(day::int2) || int4send(start_second) || int4send(end_second), ''
    order by day, start_second, end_second)`,
  exceptions: `string_agg(date_send(local_date) || int4send(start_second) || int4send(end_second), ''
    order by local_date, start_second, end_second)`,
  /** Of rows of `earlier_hours`. */
  earlier: `string_agg(date_send(valid_before) || int4send(coalesce(length(hours), -1)) || coalesce(hours, ''), ''
    order by valid_before)`,
} as const;

/** Maximum number of cached schedules: real fleets have a sixth as many as stores. */
const maxRemembered = 4096;

/** Decodes packed hours. Equal content gives the same object, since a fleet has far fewer schedules than stores. */
export class ScheduleDecoder {
  private readonly known = new Map<string, GivenSchedule>();

  /** @param calendars the dates of all calendars that a store may have */
  constructor(private readonly calendars: CalendarsById) {}

  /**
   * @param weekly, exceptions, earlier packed by `packedHours`; null: none were given
   * @param layers the store's calendars, packed by `packedLayers`; null: none
   */
  decode(
    timeZone: string | null,
    weekly: Buffer | null,
    exceptions: Buffer | null,
    earlier: Buffer | null,
    layers: Buffer | null,
  ): GivenSchedule {
    const parts = [weekly, exceptions, earlier, layers];
    const content = [timeZone ?? "", ...parts.map((bytes) => bytes?.toString("latin1") ?? "")];
    // The lengths before them keep different contents from being joined to the same text.
    const key = `${content.map(({ length }) => String(length)).join(" ")} ${content.join("")}`;
    const same = this.known.get(key);
    if (same !== undefined) return same;
    const schedule = {
      timeZone,
      ...decodeWeek(weekly),
      earlier: earlier === null ? [] : decodeEarlier(earlier),
      exceptions: exceptions === null ? [] : decodeExceptions(exceptions),
      calendars: layers === null ? [] : decodeLayers(layers, this.calendars),
    };
    // Limits the cache for any fleet.
    if (this.known.size === maxRemembered) this.known.clear();
    this.known.set(key, schedule);
    return schedule;
  }
}
