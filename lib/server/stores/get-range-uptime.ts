import { toSegment, toBucket, toPrevious, toEstimate } from "@/lib/server/wire/uptime-wire";
import type { Database } from "@/db/client";
import type { StoreRangeUptime, StoreUptimeQuery } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import { isoInstant } from "@/lib/server/wire/instants";
import { clockAround } from "@/lib/server/zones/zone-clock";
import { cutWindow, estimateBuckets } from "@/lib/uptime/buckets";
import { estimateUptime } from "@/lib/uptime/estimate";
import { explainWindow } from "@/lib/uptime/explain";
import { defaultReachMs } from "@/lib/uptime/windows";
import { askedRange } from "./range";
import { readStoreSpan } from "./store-span";

const bucketMs = { hour: 3_600_000, day: 86_400_000 } as const;
const limits = { defaultDays: 7, longestDays: 400 };

/**
 * A store's uptime in any range, in buckets, beside the stretch of the same length before it.
 * @throws AppError store_not_found, invalid_range, and what `askedRange` throws
 */
export async function getRangeUptime(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: StoreUptimeQuery,
): Promise<StoreRangeUptime> {
  const asked = askedRange(query, limits, Date.now());
  const span = await readStoreSpan(database, viewer, storeId, { ...asked, lengths: 2 });
  const { asOf, schedule, open, polls } = span;
  const middle = (span.window.start + span.window.end) / 2;
  const range = { start: middle, end: span.window.end };
  const bucket = query.bucket ?? "day";
  const parts = cutWindow(schedule.timeZone, range, bucketMs[bucket]);
  const isExplained = query.explain !== undefined;
  return {
    store_id: span.storeId,
    as_of: isoInstant(asOf),
    method: "interpolated",
    time_zone: schedule.timeZone,
    clock: clockAround(schedule.timeZone, [range.start, asOf]),
    from: isoInstant(range.start),
    to: isoInstant(range.end),
    estimate: toEstimate(estimateUptime(open, polls, defaultReachMs, range)),
    previous: toPrevious(estimateUptime(open, polls, defaultReachMs, { start: span.window.start, end: middle })),
    bucket,
    buckets: estimateBuckets(open, polls, defaultReachMs, parts).map(toBucket),
    ...(isExplained ? { segments: explainWindow(open, polls, defaultReachMs, range).map(toSegment) } : {}),
  };
}
