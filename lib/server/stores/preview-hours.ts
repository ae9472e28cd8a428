import type { Database } from "@/db/client";
import { hoursFromOf } from "@/db/queries/bulk/earlier-hours";
import type { GivenWeek } from "@/db/queries/bulk/schedule-codec";
import type { HoursPreview, PutStoreHours } from "@/lib/contract/store-hours";
import type { Viewer } from "@/lib/server/access/viewer";
import { toSchedule } from "@/lib/server/figures/prepare-schedule";
import { isoInstant } from "@/lib/server/wire/instants";
import { toEstimate } from "@/lib/server/wire/uptime-wire";
import { estimateInSlices } from "@/lib/uptime/estimate";
import { hoursAfter } from "@/lib/server/zones/keep-earlier-hours";
import { localDateAt } from "@/lib/uptime/time-zone";
import type { BusinessHours } from "@/lib/uptime/types";
import { defaultReachMs, windowAt, windowMs } from "@/lib/uptime/windows";
import { readTimeZone, readWeeklyHours } from "./hours-input";
import { computeStoreWindow } from "./require-store";
import { resolveRange } from "./range";
import { rangeMarginMs, spanOf } from "./store-range";

const noHours: GivenWeek = { weekly: null, closedDays: [] };

const weekOf = (rows: readonly BusinessHours[]): GivenWeek => ({
  weekly: rows.filter(({ endSecond }) => endSecond > 0),
  closedDays: rows.filter(({ endSecond }) => endSecond === 0).map(({ day }) => day),
});

/**
 * The figures of a store's last 7 days with its stored hours and with others. Changes nothing.
 * @throws AppError invalid_zone, invalid_hours, and as `computeStoreWindow`
 */
export async function previewStoreHours(
  database: Database,
  viewer: Viewer,
  storeId: string,
  { time_zone: zone, business_hours: rows, valid_from: validFrom }: PutStoreHours,
  signal?: AbortSignal,
): Promise<HoursPreview> {
  const timeZone = zone === null ? null : readTimeZone(zone);
  const next = rows === null ? noHours : weekOf(readWeeklyHours(rows));
  const from = hoursFromOf(validFrom);
  const lengthMs = windowMs.week;
  const asked = { asOf: null, from: null, to: null, lengthMs, longestMs: lengthMs, lengths: 1 } as const;
  return computeStoreWindow(database, viewer, storeId, { asked, marginMs: rangeMarginMs, signal }, function* (around) {
    const range = resolveRange(asked, around.newestAt);
    const week = windowAt(range.asOf, "week");
    const before = spanOf(around, around.given, range);
    const { earlier, weekly, closedDays } = around.given;
    const isFirst = weekly === null && earlier.length === 0;
    const clock = toSchedule({ ...around.given, timeZone }).timeZone;
    const given = { value: next, from, today: localDateAt(clock, around.newestAt), isFirst };
    const changed = hoursAfter({ earlier, latest: { weekly, closedDays } }, given, () => false);
    const schedule = { ...around.given, ...changed.latest, timeZone, earlier: changed.earlier };
    const after = spanOf(around, schedule, range);
    return {
      store_id: storeId,
      as_of: isoInstant(range.asOf),
      before: toEstimate(yield* estimateInSlices(before.open, before.polls, defaultReachMs, week)),
      after: toEstimate(yield* estimateInSlices(after.open, after.polls, defaultReachMs, week)),
    };
  });
}
