import type { Database } from "@/db/client";
import type { StoreHeatmap } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import { hoursInSlices } from "@/lib/uptime/heatmap";
import { defaultReachMs } from "@/lib/uptime/windows";
import { parseRange, rangeHead, type RangeQuery } from "./range";
import { computeRange, type StoreRange } from "./store-range";

const limits = { defaultDays: 28, longestDays: 400 };

/** A store's hours of the local week, summed over a range. @throws as `parseRange`; store_not_found, invalid_range */
export async function getStoreHeatmap(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: RangeQuery,
  signal?: AbortSignal,
): Promise<StoreHeatmap> {
  const asked = parseRange(query, limits, Date.now());
  const compute = function* (read: StoreRange) {
    const { schedule, open, polls, window } = read;
    return { span: read, hours: yield* hoursInSlices(schedule.timeZone, open, polls, defaultReachMs, window) };
  };
  const { span, hours } = await computeRange(database, viewer, storeId, asked, compute, signal);
  return {
    ...rangeHead(span, span.schedule, storeId),
    hours: hours.map((one) => ({
      day: one.day,
      hour: one.hour,
      open_ms: one.openMs,
      up_ms: one.upMs,
      down_ms: one.downMs,
      unknown_ms: one.unknownMs,
      polls: one.polls,
    })),
  };
}
