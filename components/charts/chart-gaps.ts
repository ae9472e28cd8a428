import type { Fleet } from "@/lib/contract/fleet";
import type { Bucket } from "@/lib/contract/uptime";

export type PollGap = Fleet["polling_gaps"][number];

/** A part of a drawing's width, in shares of it. */
export interface Span {
  readonly from: number;
  readonly width: number;
}

/** The gaps that overlap `[start, end)`, ISO 8601. */
export function gapsWithin<Gap extends { readonly start: string; readonly end: string }>(
  gaps: readonly Gap[],
  start: string,
  end: string,
): readonly Gap[] {
  return gaps.filter((gap) => Date.parse(gap.end) > Date.parse(start) && Date.parse(gap.start) < Date.parse(end));
}

/** Where an instant stands among buckets that are all drawn as wide as each other, however long they are. */
function positionOf(at: number, buckets: readonly Bucket[]): number {
  const index = buckets.findIndex(({ end }) => at < Date.parse(end));
  const bucket = buckets[index];
  if (!bucket) return 1;
  const start = Date.parse(bucket.start);
  return (index + Math.max(0, at - start) / (Date.parse(bucket.end) - start)) / buckets.length;
}

/** Where gaps in polling lie in a chart of buckets. */
export function gapSpans(buckets: readonly Bucket[], gaps: readonly PollGap[]): readonly Span[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return [];
  return gapsWithin(gaps, first.start, last.end).map(({ start, end }) => {
    const from = positionOf(Date.parse(start), buckets);
    return { from, width: positionOf(Date.parse(end), buckets) - from };
  });
}
