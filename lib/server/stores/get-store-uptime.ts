import type { Database } from "@/db/client";
import type { Bucket, StoreUptime } from "@/lib/contract/uptime";
import { toEstimate } from "@/lib/server/reports/report-lines";
import { isoInstant } from "@/lib/server/reports/report-wire";
import { cutWindow, estimateBuckets } from "@/lib/uptime/buckets";
import { estimateWindows } from "@/lib/uptime/estimate";
import type { PerWindow, WindowName } from "@/lib/uptime/types";
import { defaultReachMs, windowAt } from "@/lib/uptime/windows";
import { readStoreWeek } from "./store-week";

const minuteMs = 60_000;

/** How finely each window is drawn: five minutes, an hour, a day of local clock time. */
const bucketMs: PerWindow<number> = { hour: 5 * minuteMs, day: 60 * minuteMs, week: 24 * 60 * minuteMs };

/** A store's three windows, and one of them in buckets. @throws AppError store_not_found */
export async function getStoreUptime(database: Database, storeId: string, window: WindowName): Promise<StoreUptime> {
  const { store, schedule, range, open, pollsForEstimates: polls } = await readStoreWeek(database, storeId);
  const { asOf } = range;
  const { hour, day, week } = estimateWindows(open, polls, defaultReachMs, asOf);
  const parts = cutWindow(schedule.timeZone, windowAt(asOf, window), bucketMs[window]);
  const buckets = estimateBuckets(open, polls, defaultReachMs, parts).map((bucket): Bucket => ({
    start: isoInstant(bucket.start),
    end: isoInstant(bucket.end),
    open_ms: bucket.openMs,
    up_ms: bucket.upMs,
    down_ms: bucket.downMs,
    unknown_ms: bucket.unknownMs,
  }));
  return {
    store_id: store.storeId,
    as_of: isoInstant(asOf),
    method: "interpolated",
    time_zone: schedule.timeZone,
    windows: { hour: toEstimate(hour), day: toEstimate(day), week: toEstimate(week) },
    window,
    buckets,
  };
}
