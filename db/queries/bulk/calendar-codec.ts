import type { CalendarDate, CalendarLayer, DateEffect } from "@/lib/uptime/calendar";
import type { DayHours } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

/** 2000-01-01, the epoch from which the server counts dates, in ms since 1970. */
const firstDateMs = 946_684_800_000;

/** The date that `date_send` packed. */
export const readDate = (bytes: Buffer, at: number): string =>
  new Date(firstDateMs + bytes.readInt32BE(at) * dayMs).toISOString().slice(0, 10);

type PackedDate = Omit<CalendarDate, "name">;

/** The dates of calendars, by the calendars' ids, ascending. */
export type CalendarsById = ReadonlyMap<number, readonly PackedDate[]>;

/** Collects rows of dates, ascending. */
class DateRows {
  readonly dates: { readonly date: string; readonly effect: DateEffect }[] = [];
  private hours: DayHours[] = [];

  /** @param endSecond 0: closed; negative: the stores are closed from start to end */
  add(date: string, startSecond: number, endSecond: number): void {
    if (this.dates.at(-1)?.date !== date) {
      this.hours = [];
      this.dates.push({ date, effect: endSecond < 0 ? { closed: this.hours } : { hours: this.hours } });
    }
    if (endSecond !== 0) this.hours.push({ startSecond, endSecond: Math.abs(endSecond) });
  }
}

const rowBytes = 12;

/** @param from where the date, the start and the end of the first row are   @param size of a row in bytes */
function* rowsOf(bytes: Buffer, from: number, size: number) {
  for (let at = from; at < bytes.length; at += size) {
    yield { at, date: readDate(bytes, at), start: bytes.readInt32BE(at + 4), end: bytes.readInt32BE(at + 8) };
  }
}

/** Unpacks `packedHours.exceptions`. */
export function decodeDates(bytes: Buffer): readonly PackedDate[] {
  const rows = new DateRows();
  for (const { date, start, end } of rowsOf(bytes, 0, rowBytes)) rows.add(date, start, end);
  return rows.dates;
}

/** Unpacks `packedCalendars`. @param bytes null: none */
export function decodeCalendars(bytes: Buffer | null): CalendarsById {
  const found = new Map<number, DateRows>();
  if (bytes === null) return new Map();
  for (const { at, date, start, end } of rowsOf(bytes, 4, rowBytes + 4)) {
    const id = bytes.readInt32BE(at - 4);
    const rows = found.get(id) ?? new DateRows();
    found.set(id, rows);
    rows.add(date, start, end);
  }
  return new Map([...found].map(([id, { dates }]) => [id, dates]));
}

/** Unpacks `packedLayers`. */
export function decodeLayers(bytes: Buffer, calendars: CalendarsById): CalendarLayer[] {
  const layers: CalendarLayer[] = [];
  for (let at = 0; at < bytes.length; at += rowBytes) {
    const dates = calendars.get(bytes.readInt32BE(at)) ?? [];
    layers.push({ first: readDate(bytes, at + 4), before: readDate(bytes, at + 8), dates });
  }
  return layers;
}
