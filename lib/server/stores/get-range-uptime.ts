import { dayMs, hourMs } from "@/lib/uptime/units";
import { toBucket, toPrevious, toEstimate } from "@/lib/server/wire/uptime-wire";
import type { Database } from "@/db/client";
import type { StoreRangeUptime, StoreUptimeQuery } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import { clockAround } from "@/lib/server/zones/zone-clock";
import type { CursorList } from "@/lib/server/wire/cursor";
import { isoInstant } from "@/lib/server/wire/instants";
import { bucketsInSlices, cutWindow } from "@/lib/uptime/buckets";
import { estimateInSlices } from "@/lib/uptime/estimate";
import { joinWeeks, type Period } from "@/lib/uptime/periods";
import type { Interval, TimeZone } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import { askedRange, rangeNames } from "./asked-range";
import { explainPage } from "./explain-page";
import { continuedFrom } from "./range";
import { openRangeCursor, sealRangeCursor } from "./range-cursor";
import { computeRange, type StoreRange } from "./store-range";

const limits = { defaultDays: 7, longestDays: 400 };

function cutInto(bucket: "hour" | "day" | "week", zone: TimeZone, range: Interval): readonly Interval[] {
  if (bucket === "hour") return cutWindow(zone, range, hourMs);
  const days = cutWindow(zone, range, dayMs);
  return bucket === "day" ? days : joinWeeks(zone, days);
}

/** The second half of a window that was read in two lengths, and the first. */
function halvesOf({ start, end }: Interval): Period {
  const middle = (start + end) / 2;
  return { window: { start: middle, end }, before: { start, end: middle } };
}

/**
 * A store's uptime in any range, in buckets, and that of the range before it.
 * @throws AppError invalid_cursor, and what `askedRange` and `computeRange` throw
 */
export async function getRangeUptime(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: StoreUptimeQuery,
  signal?: AbortSignal,
): Promise<StoreRangeUptime> {
  const isExplained = query.explain !== undefined;
  const list: CursorList = [
    "explained",
    storeId,
    query.from,
    query.to,
    query.bucket,
    query.as_of,
    ...rangeNames(query),
  ];
  const position = await openRangeCursor(database, viewer, list, query.cursor);
  const given = await askedRange(database, viewer, storeId, query, limits, position?.asOf ?? null);
  const { period } = given;
  // Of a period, the range before it is read too; its length may be another.
  const asked =
    period === null
      ? { ...continuedFrom(position, given.asked), lengths: 2 as const }
      : { ...given.asked, from: period.before.start, longestMs: period.window.end - period.before.start };
  const bucket = query.bucket ?? "day";
  const compute = function* (span: StoreRange) {
    const { schedule, open, polls } = span;
    const { window: range, before } = period ?? halvesOf(span.window);
    const parts = cutInto(bucket, schedule.timeZone, range);
    return {
      span,
      range,
      before,
      estimate: yield* estimateInSlices(open, polls, defaultReachMs, range),
      previous: yield* estimateInSlices(open, polls, defaultReachMs, before),
      buckets: yield* bucketsInSlices(open, polls, defaultReachMs, parts),
      explained: isExplained ? yield* explainPage(span, range, position?.from ?? range.start) : null,
    };
  };
  const computed = await computeRange(database, viewer, storeId, asked, compute, signal);
  const { span, range, before, explained } = computed;
  return {
    store_id: storeId,
    as_of: isoInstant(span.asOf),
    method: "interpolated",
    time_zone: span.schedule.timeZone,
    clock: clockAround(span.schedule.timeZone, [before.start, span.asOf]),
    from: isoInstant(range.start),
    to: isoInstant(range.end),
    period: query.period ?? null,
    estimate: toEstimate(computed.estimate),
    previous: toPrevious(computed.previous),
    previous_from: isoInstant(before.start),
    previous_to: isoInstant(before.end),
    bucket,
    buckets: computed.buckets.map(toBucket),
    ...(explained === null
      ? {}
      : {
          segments: explained.segments,
          next_cursor:
            explained.next === null
              ? null
              : await sealRangeCursor(database, viewer, list, { asOf: span.asOf, window: range }, explained.next),
        }),
  };
}
