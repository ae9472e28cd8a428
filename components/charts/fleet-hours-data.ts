import type { Fleet } from "@/lib/contract/fleet";
import { wallMs, weekdayDate, weekdayName, type Clock } from "@/lib/format/zoned-time";
import { dayMs } from "@/lib/uptime/units";

type Bucket = Fleet["hours"][number];

/** One hour of all stores together. */
export interface FleetHour {
  readonly start: string;
  readonly end: string;
  /** The same in ms: reading a text takes longer than drawing its bar. */
  readonly startMs: number;
  readonly endMs: number;
  /** Of the open, checked stores the share that was offline, on average over the hour; null where none was checked. */
  readonly share: number | null;
  /** Stores that were offline, and that were open and checked, on average over the hour. */
  readonly offline: number;
  readonly checked: number;
}

/** What the chart draws, hour by hour. Shares are ratios of sums, as every figure of the fleet. */
export function fleetHours(buckets: readonly Bucket[]): readonly FleetHour[] {
  return buckets.map(({ start, end, up_ms: up, down_ms: down }) => {
    const [startMs, endMs] = [Date.parse(start), Date.parse(end)];
    const [length, known] = [endMs - startMs, up + down];
    const share = known === 0 ? null : down / known;
    return { start, end, startMs, endMs, share, offline: down / length, checked: known / length };
  });
}

const tops = [0.05, 0.1, 0.2, 0.5, 1] as const;

/** The top of the axis: the least of a few round shares that no hour is above. */
export function axisTop(hours: readonly FleetHour[]): number {
  const most = Math.max(0, ...hours.map(({ share }) => share ?? 0));
  return tops.find((top) => most <= top) ?? 1;
}

/** An average of stores over an hour, in whole stores: "3", "<1". */
export function storesText(stores: number): string {
  return stores > 0 && stores < 0.5 ? "<1" : Math.round(stores).toLocaleString("en-US");
}

/** A time in which no store was checked. */
interface Gap {
  readonly start: string;
  readonly end: string;
}

/**
 * The hour with the greatest share; null where nothing was checked or nothing was offline. An hour within a gap is none:
 * what is known of it was seen before.
 */
export function worstHour(hours: readonly FleetHour[], gaps: readonly Gap[]): FleetHour | null {
  const spans = gaps.map((gap) => ({ start: Date.parse(gap.start), end: Date.parse(gap.end) }));
  const isUnseen = ({ startMs, endMs }: FleetHour): boolean =>
    spans.some(({ start, end }) => start <= startMs && endMs <= end);
  const known = hours.filter((hour) => (hour.share ?? 0) > 0 && !isUnseen(hour));
  return known.reduce<FleetHour | null>(
    (worst, hour) => (worst === null || (hour.share ?? 0) > (worst.share ?? 0) ? hour : worst),
    null,
  );
}

/** Where in the chart, 0 to 1 of its width, an instant stands. */
export function placeOf(instant: string, hours: readonly FleetHour[]): number {
  const [start, end] = [hours[0]?.startMs, hours.at(-1)?.endMs];
  if (start === undefined || end === undefined || end <= start) return 0;
  return Math.min(1, Math.max(0, (Date.parse(instant) - start) / (end - start)));
}

/** Of its hour a bar takes so much, so that there is a gap between two. */
const barWidth = 0.84;

/** Units of the outline's width and height: whole numbers are short, and these are finer than any screen. */
const across = 5_000;
const upwards = 1_000;
/** Puts an outline, whose heights start at the bottom, in a box of 1 by 1. */
export const outlineTransform = `matrix(${1 / across} 0 0 ${-1 / upwards} 0 1)`;

/**
 * The outline of all bars as one path of SVG: a page with one shape for each hour takes the server, and the browser,
 * several times as long.
 */
export function barsOutline(hours: readonly FleetHour[], top: number): string {
  const first = hours[0]?.startMs ?? 0;
  const length = (hours.at(-1)?.endMs ?? 0) - first;
  const unitsOf = (ms: number) => Math.round((ms / length) * across);
  return hours
    .filter(({ share }) => (share ?? 0) > 0)
    .map(({ startMs, endMs, share }) => {
      const height = Math.max(1, Math.round(Math.min(1, (share ?? 0) / top) * upwards));
      return `M${unitsOf(startMs - first)} 0V${height}h${unitsOf((endMs - startMs) * barWidth)}V0z`;
    })
    .join("");
}

/**
 * Where local dates begin within the hours, with the dates. Where the clocks skip midnight, a date begins at the change;
 * where they show it twice, at the first.
 */
export function midnights(
  hours: readonly FleetHour[],
  clock: Clock,
): readonly { readonly at: string; readonly date: string; readonly weekday: string }[] {
  const dayOf = (at: number) => Math.floor(wallMs(at, clock) / dayMs);
  const changes = clock.offsets.flatMap(({ from }) => (from === null ? [] : [Date.parse(from)]));
  return hours.flatMap(({ startMs: start, endMs: end }) => {
    const starts = [start, ...changes.filter((at) => start < at && at < end)];
    if (starts.length === 1 && dayOf(start - 1) === dayOf(end - 1)) return [];
    return starts
      .flatMap((at) => [at, at + (dayOf(at) + 1) * dayMs - wallMs(at, clock)])
      .filter((at) => at < end && dayOf(at) > dayOf(at - 1))
      .map((ms) => {
        const at = new Date(ms).toISOString();
        return { at, date: weekdayDate(at, clock), weekday: weekdayName(at, clock) };
      });
  });
}
