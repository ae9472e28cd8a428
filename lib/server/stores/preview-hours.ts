import type { Database } from "@/db/client";
import type { HoursPreview, PutStoreHours } from "@/lib/contract/store-hours";
import type { Viewer } from "@/lib/server/access/viewer";
import { isoInstant } from "@/lib/server/wire/instants";
import { toEstimate } from "@/lib/server/wire/uptime-wire";
import { estimateInSlices } from "@/lib/uptime/estimate";
import { defaultReachMs, windowAt, windowMs } from "@/lib/uptime/windows";
import { readTimeZone, readWeeklyHours } from "./hours-input";
import { computeStoreWindow } from "./require-store";
import { resolveRange } from "./range";
import { rangeMarginMs, spanOf } from "./store-range";

/**
 * The figures of a store's last 7 days with its stored hours and with others. Changes nothing.
 * @throws AppError invalid_zone, invalid_hours, and as `computeStoreWindow`
 */
export async function previewStoreHours(
  database: Database,
  viewer: Viewer,
  storeId: string,
  { time_zone: zone, business_hours: rows }: PutStoreHours,
  signal?: AbortSignal,
): Promise<HoursPreview> {
  const timeZone = zone === null ? null : readTimeZone(zone);
  const open = rows === null ? null : readWeeklyHours(rows).filter(({ endSecond }) => endSecond > 0);
  const lengthMs = windowMs.week;
  const asked = { asOf: null, from: null, to: null, lengthMs, longestMs: lengthMs, lengths: 1 } as const;
  return computeStoreWindow(database, viewer, storeId, { asked, marginMs: rangeMarginMs, signal }, function* (around) {
    const range = resolveRange(asked, around.newestAt);
    const week = windowAt(range.asOf, "week");
    const before = spanOf(around, around.given, range);
    const after = spanOf(around, { ...around.given, timeZone, weekly: open }, range);
    return {
      store_id: storeId,
      as_of: isoInstant(range.asOf),
      before: toEstimate(yield* estimateInSlices(before.open, before.polls, defaultReachMs, week)),
      after: toEstimate(yield* estimateInSlices(after.open, after.polls, defaultReachMs, week)),
    };
  });
}
