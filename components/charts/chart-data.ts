import type { Bucket } from "@/lib/contract/uptime";
import { formatOpenTime } from "@/lib/format/duration";
import { dateText, hourOfDay } from "@/lib/format/time-style";
import {
  clockTime,
  endTime,
  msOfDay,
  offsetMs,
  offsetName,
  weekdayDate,
  wallDate,
  weekdayTime,
  type Clock,
} from "@/lib/format/zoned-time";
import { hourMs, minuteMs } from "@/lib/uptime/units";

/** How long the buckets of a chart are: five minutes, or as named. */
export type ChartStep = "minutes" | "hour" | "day" | "week";

/** What a chart draws, and its table lists. */
export interface UptimeChartProps {
  readonly buckets: readonly Bucket[];
  readonly step: ChartStep;
  readonly clock: Clock;
}

export interface ChartRow {
  /** The bucket's start, ISO 8601: the row's identity, and what an axis formats. */
  readonly start: string;
  /** "Wed 14:00–15:00", in the store's zone. */
  readonly label: string;
  /** In the scale's unit. */
  readonly up: number;
  readonly down: number;
  readonly unknown: number;
  /** The rest of the bucket. */
  readonly closed: number;
  readonly bucket: Bucket;
}

export interface ChartScale {
  readonly unit: "minutes" | "hours";
  /** The longest a bucket can be, so that a bar's height is its share of it; a day of 25 hours is above it. */
  readonly max: number;
  readonly ticks: readonly number[];
}

const scales: Record<ChartStep, ChartScale> = {
  minutes: { unit: "minutes", max: 5, ticks: [0, 1, 2, 3, 4, 5] },
  hour: { unit: "minutes", max: 60, ticks: [0, 15, 30, 45, 60] },
  day: { unit: "hours", max: 24, ticks: [0, 6, 12, 18, 24] },
  week: { unit: "hours", max: 168, ticks: [0, 42, 84, 126, 168] },
};

/** The scale of a chart; a day on which the clocks go back makes it an hour longer. */
export function chartScale(step: ChartStep, buckets: readonly Bucket[]): ChartScale {
  const scale = scales[step];
  const unitMs = scale.unit === "minutes" ? minuteMs : hourMs;
  const longest = Math.max(0, ...buckets.map(({ start, end }) => (Date.parse(end) - Date.parse(start)) / unitMs));
  return longest > scale.max ? { ...scale, max: longest } : scale;
}

/** "Mon, Jan 2 to Sun, Jan 8"; one date where a week has no more. */
function weekLabel(first: string, end: string, clock: Clock): string {
  const last = weekdayDate(new Date(Date.parse(end) - 1).toISOString(), clock);
  return first === last ? first : `${first} to ${last}`;
}

/** A bucket's time in words: a date where it is a day, else its clock times. */
export function bucketLabel({ start, end }: Bucket, step: ChartStep, clock: Clock): string {
  const starts = clockTime(start, clock);
  const ends = clockTime(end, clock);
  if (step === "minutes" || step === "hour") {
    const from = weekdayTime(start, clock);
    return offsetMs(start, clock) === offsetMs(end, clock)
      ? `${from}–${ends}`
      : `${from} ${offsetName(start, end, clock)}–${ends} ${offsetName(end, start, clock)}`;
  }
  const date = weekdayDate(start, clock);
  if (step === "week") return weekLabel(date, end, clock);
  const endsDay = msOfDay(end, clock) === 0;
  if (endsDay && msOfDay(start, clock) === 0) {
    const hours = Math.round((Date.parse(end) - Date.parse(start)) / hourMs);
    return hours === 24 ? date : `${date} (${String(hours)} h day)`;
  }
  if (endsDay) return `${date}, ${starts}–${endTime(end, clock)}`;
  // In another zone than the store's a day of the store begins and ends in the middle of one.
  const isSameDay = weekdayDate(end, clock) === date;
  return `${date}, ${starts}–${isSameDay ? ends : weekdayTime(end, clock)}`;
}

/** The labels of a chart's buckets. The hour that the clocks show twice is told apart by the zone's name, or offset, in each. */
export function bucketLabels(buckets: readonly Bucket[], step: ChartStep, clock: Clock): readonly string[] {
  const labels = buckets.map((bucket) => bucketLabel(bucket, step, clock));
  return labels.map((label, index) => {
    const first = labels.indexOf(label);
    const last = labels.lastIndexOf(label);
    if (first === last) return label;
    const other = buckets[index === first ? last : first]!.start;
    return `${label} ${offsetName(buckets[index]!.start, other, clock)}`;
  });
}

/** From this number of days on an axis leaves out the weekday. */
const fewestForDates = 14;

/** What an axis says at a bucket's start. @param count how many buckets there are */
export function tickLabel(start: string, step: ChartStep, clock: Clock, count: number): string {
  if (step === "minutes") return clockTime(start, clock);
  if (step === "hour") {
    const hour = msOfDay(start, clock) / hourMs;
    // The first bucket starts where its window does.
    return Number.isInteger(hour) ? hourOfDay(hour, clock.style) : clockTime(start, clock);
  }
  return count < fewestForDates && step === "day"
    ? weekdayDate(start, clock).replace(",", "")
    : dateText("date", wallDate(start, clock), clock.style);
}

/** Wire format to rows, one a bucket, in order. */
export function toChartRows(buckets: readonly Bucket[], step: ChartStep, clock: Clock): readonly ChartRow[] {
  const unitMs = scales[step].unit === "minutes" ? minuteMs : hourMs;
  const labels = bucketLabels(buckets, step, clock);
  return buckets.map((bucket, index) => ({
    start: bucket.start,
    label: labels[index] ?? "",
    up: bucket.up_ms / unitMs,
    down: bucket.down_ms / unitMs,
    unknown: bucket.unknown_ms / unitMs,
    closed: (Date.parse(bucket.end) - Date.parse(bucket.start) - bucket.open_ms) / unitMs,
    bucket,
  }));
}

/** What the longest downtime of a chart is called, by the size of its buckets. */
const worstText: Record<ChartStep, string> = {
  minutes: "Most downtime",
  hour: "Worst hour",
  day: "Worst day",
  week: "Worst week",
};

/** The chart in one or two sentences, for those who cannot see it and those in a hurry. */
export function chartSummary(buckets: readonly Bucket[], step: ChartStep, clock: Clock): string {
  const sum = (of: (bucket: Bucket) => number) => buckets.reduce((total, bucket) => total + of(bucket), 0);
  const open = sum((bucket) => bucket.open_ms);
  if (open === 0) return "Closed the whole time.";
  const down = sum((bucket) => bucket.down_ms);
  const sums =
    `Open ${formatOpenTime(open)}: up ${formatOpenTime(sum((bucket) => bucket.up_ms))}, ` +
    `down ${formatOpenTime(down)}, no data ${formatOpenTime(sum((bucket) => bucket.unknown_ms))}.`;
  if (down === 0) return sums;
  const worst = toChartRows(buckets, step, clock).reduce((most, row) => (row.down > most.down ? row : most));
  return worst.bucket.down_ms === down
    ? `${sums} All downtime: ${worst.label}.`
    : `${sums} ${worstText[step]}: ${worst.label}, ${formatOpenTime(worst.bucket.down_ms)} down.`;
}
