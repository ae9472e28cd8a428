import type { Bucket } from "@/lib/contract/uptime";
import { formatOpenTime, type DurationUnit } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { clockTime, weekdayDate, weekdayTime, zoneAbbreviation } from "@/lib/format/zoned-time";
import type { WindowName } from "@/lib/uptime/types";

const minute = 60_000;
const hour = 60 * minute;

export interface ChartRow {
  /** The bucket's start, ISO 8601: the row's identity, and what an axis formats. */
  readonly start: string;
  /** "Wed 14:00–15:00", in the store's zone. */
  readonly label: string;
  /** In the scale's unit. */
  readonly up: number;
  readonly down: number;
  readonly unknown: number;
  readonly bucket: Bucket;
}

export interface ChartScale {
  readonly unit: DurationUnit;
  /** The longest a bucket can be, so that a bar's height is its share of it; a day of 25 hours is above it. */
  readonly max: number;
  readonly ticks: readonly number[];
}

const scales: Record<WindowName, ChartScale> = {
  hour: { unit: "minutes", max: 5, ticks: [0, 1, 2, 3, 4, 5] },
  day: { unit: "minutes", max: 60, ticks: [0, 15, 30, 45, 60] },
  week: { unit: "hours", max: 24, ticks: [0, 6, 12, 18, 24] },
};

/** The scale of a window's chart; a day on which the clocks go back makes it an hour longer. */
export function chartScale(window: WindowName, buckets: readonly Bucket[]): ChartScale {
  const scale = scales[window];
  const unitMs = scale.unit === "minutes" ? minute : hour;
  const longest = Math.max(0, ...buckets.map(({ start, end }) => (Date.parse(end) - Date.parse(start)) / unitMs));
  return longest > scale.max ? { ...scale, max: longest } : scale;
}

/** Whether the clocks are changed between two instants less than a day apart. */
function isClockChange(start: string, end: string, timeZone: string): boolean {
  const minutes = (at: string) =>
    Number(clockTime(at, timeZone).slice(0, 2)) * 60 + Number(clockTime(at, timeZone).slice(3));
  const elapsed = Math.round((Date.parse(end) - Date.parse(start)) / minute);
  // Whole minutes are cut off at both ends, which may make one of difference.
  return Math.abs(((minutes(end) - minutes(start) - elapsed + 2160) % 1440) - 720) > 1;
}

/** A bucket's time in words: a date where it is a day, else its clock times. */
export function bucketLabel({ start, end }: Bucket, window: WindowName, timeZone: string): string {
  const starts = clockTime(start, timeZone);
  const ends = clockTime(end, timeZone);
  if (window !== "week") {
    const from = weekdayTime(start, timeZone);
    return isClockChange(start, end, timeZone)
      ? `${from} ${zoneAbbreviation(start, timeZone)}–${ends} ${zoneAbbreviation(end, timeZone)}`
      : `${from}–${ends}`;
  }
  const date = weekdayDate(start, timeZone);
  if (starts === "00:00" && ends === "00:00") {
    const hours = Math.round((Date.parse(end) - Date.parse(start)) / hour);
    return hours === 24 ? date : `${date} (${String(hours)} h day)`;
  }
  if (ends === "00:00") return `${date}, ${starts}–24:00`;
  // In another zone than the store's a day of the store begins and ends in the middle of one.
  const isSameDay = weekdayDate(end, timeZone) === date;
  return `${date}, ${starts}–${isSameDay ? ends : weekdayTime(end, timeZone)}`;
}

/** The labels of a window's buckets. The hour that the clocks show twice is told apart by the zone's name in each. */
export function bucketLabels(buckets: readonly Bucket[], window: WindowName, timeZone: string): readonly string[] {
  const labels = buckets.map((bucket) => bucketLabel(bucket, window, timeZone));
  return labels.map((label, index) =>
    labels.indexOf(label) === labels.lastIndexOf(label)
      ? label
      : `${label} ${zoneAbbreviation(buckets[index]?.start ?? "", timeZone)}`,
  );
}

/** What an axis says at a bucket's start. */
export function tickLabel(start: string, window: WindowName, timeZone: string): string {
  return window === "week" ? weekdayDate(start, timeZone).replace(",", "") : clockTime(start, timeZone);
}

/** Wire format to rows, one a bucket, in order. */
export function toChartRows(buckets: readonly Bucket[], window: WindowName, timeZone: string): readonly ChartRow[] {
  const unitMs = scales[window].unit === "minutes" ? minute : hour;
  const labels = bucketLabels(buckets, window, timeZone);
  return buckets.map((bucket, index) => ({
    start: bucket.start,
    label: labels[index] ?? "",
    up: bucket.up_ms / unitMs,
    down: bucket.down_ms / unitMs,
    unknown: bucket.unknown_ms / unitMs,
    bucket,
  }));
}

/** The chart in one or two sentences, for those who cannot see it and those in a hurry. */
export function chartSummary(buckets: readonly Bucket[], window: WindowName, timeZone: string): string {
  const sum = (of: (bucket: Bucket) => number) => buckets.reduce((total, bucket) => total + of(bucket), 0);
  const open = sum((bucket) => bucket.open_ms);
  if (open === 0) return "Closed the whole time.";
  const down = sum((bucket) => bucket.down_ms);
  const up = sum((bucket) => bucket.up_ms);
  const share = up + down === 0 ? "" : ` (${formatPercent(up / (up + down))} of what was checked)`;
  const sums =
    `Open for ${formatOpenTime(open)}: up ${formatOpenTime(up)}${share}, down ${formatOpenTime(down)}, ` +
    `no data for ${formatOpenTime(sum((bucket) => bucket.unknown_ms))}.`;
  if (down === 0) return sums;
  const worst = toChartRows(buckets, window, timeZone).reduce((most, row) => (row.down > most.down ? row : most));
  return worst.bucket.down_ms === down
    ? `${sums} All down time lies in ${worst.label}.`
    : `${sums} Most down time: ${worst.label}, ${formatOpenTime(worst.bucket.down_ms)}.`;
}
