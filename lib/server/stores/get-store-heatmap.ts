import type { Database } from "@/db/client";
import type { StoreHeatmap } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import { clockAround } from "@/lib/server/zones/zone-clock";
import { isoInstant } from "@/lib/server/wire/instants";
import { hoursInSlices } from "@/lib/uptime/heatmap";
import { defaultReachMs } from "@/lib/uptime/windows";
import { parseRange, type RangeQuery } from "./range";
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
  const { asOf, window, schedule } = span;
  return {
    store_id: storeId,
    as_of: isoInstant(asOf),
    time_zone: schedule.timeZone,
    clock: clockAround(schedule.timeZone, [window.start, asOf]),
    from: isoInstant(window.start),
    to: isoInstant(window.end),
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
