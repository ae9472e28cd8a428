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
import { defaultReachMs } from "@/lib/uptime/windows";
import { explainPage } from "./explain-page";
import { continuedFrom, parseRange } from "./range";
import { openRangeCursor, sealRangeCursor } from "./range-cursor";
import { computeRange, type StoreRange } from "./store-range";

const bucketMs = { hour: hourMs, day: dayMs } as const;
const limits = { defaultDays: 7, longestDays: 400 };

/**
 * A store's uptime in any range, in buckets, and that of the preceding range of the same length.
 * @throws AppError invalid_cursor, and what `parseRange` and `computeRange` throw
 */
export async function getRangeUptime(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: StoreUptimeQuery,
  signal?: AbortSignal,
): Promise<StoreRangeUptime> {
  const isExplained = query.explain !== undefined;
  const list: CursorList = ["explained", storeId, query.from, query.to, query.bucket, query.as_of];
  const position = await openRangeCursor(database, viewer, list, query.cursor);
  const given = parseRange(query, limits, Date.now());
  const asked = continuedFrom(position, given);
  const bucket = query.bucket ?? "day";
  const compute = function* (span: StoreRange) {
    const { schedule, open, polls, window } = span;
    const middle = (window.start + window.end) / 2;
    const range = { start: middle, end: window.end };
    const parts = cutWindow(schedule.timeZone, range, bucketMs[bucket]);
    return {
      span,
      range,
      estimate: yield* estimateInSlices(open, polls, defaultReachMs, range),
      previous: yield* estimateInSlices(open, polls, defaultReachMs, { start: window.start, end: middle }),
      buckets: yield* bucketsInSlices(open, polls, defaultReachMs, parts),
      explained: isExplained ? yield* explainPage(span, range, position?.from ?? range.start) : null,
    };
  };
  const computed = await computeRange(database, viewer, storeId, { ...asked, lengths: 2 }, compute, signal);
  const { span, range, explained } = computed;
  return {
    store_id: storeId,
    as_of: isoInstant(span.asOf),
    method: "interpolated",
    time_zone: span.schedule.timeZone,
    clock: clockAround(span.schedule.timeZone, [range.start, span.asOf]),
    from: isoInstant(range.start),
    to: isoInstant(range.end),
    estimate: toEstimate(computed.estimate),
    previous: toPrevious(computed.previous),
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
