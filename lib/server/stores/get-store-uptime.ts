import { minuteMs } from "@/lib/uptime/units";
import { toBucket, toPrevious, toEstimate } from "@/lib/server/wire/uptime-wire";
import type { Database } from "@/db/client";
import type { StoreUptime } from "@/lib/contract/uptime";
import type { Viewer } from "@/lib/server/access/viewer";
import { clockAround } from "@/lib/server/zones/zone-clock";
import type { CursorList } from "@/lib/server/wire/cursor";
import { isoInstant } from "@/lib/server/wire/instants";
import { bucketsInSlices, cutWindow } from "@/lib/uptime/buckets";
import { estimateInSlices } from "@/lib/uptime/estimate";
import type { PerWindow, WindowName } from "@/lib/uptime/types";
import { defaultReachMs, windowAt, windowMs } from "@/lib/uptime/windows";
import { explainPage } from "./explain-page";
import { parseRangeAsOf } from "./range";
import { openRangeCursor, sealRangeCursor } from "./range-cursor";
import { computeRange, type StoreRange } from "./store-range";

/** Bucket size of each window: five minutes, an hour, a day of local time. */
const bucketMs: PerWindow<number> = { hour: 5 * minuteMs, day: 60 * minuteMs, week: 24 * 60 * minuteMs };

export interface StoreUptimeOptions {
  /** RFC 3339; default: the newest poll. */
  readonly asOf?: string | undefined;
  /** Adds the segments of the chosen window. */
  readonly explain?: boolean;
  /** With a page of segments: adds the ones after it. */
  readonly cursor?: string | undefined;
  /** Aborted when the response is no longer wanted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A store's three windows with the window before each, and one of them in buckets.
 * @throws AppError invalid_as_of, invalid_cursor, and what `computeRange` throws
 */
export async function getStoreUptime(
  database: Database,
  viewer: Viewer,
  storeId: string,
  window: WindowName,
  { asOf: asOfText, explain = false, cursor, signal }: StoreUptimeOptions = {},
): Promise<StoreUptime> {
  const lengthMs = 2 * windowMs.week;
  const list: CursorList = ["explained", storeId, window, asOfText];
  const position = await openRangeCursor(database, viewer, list, cursor);
  const asOfAsked = position?.asOf ?? parseRangeAsOf({ as_of: asOfText }, Date.now());
  const asked = { asOf: asOfAsked, from: null, to: null, lengthMs, longestMs: lengthMs, lengths: 1 } as const;
  const compute = function* (span: StoreRange) {
    const { asOf, schedule, open, polls } = span;
    const present = (name: WindowName) => estimateInSlices(open, polls, defaultReachMs, windowAt(asOf, name));
    const before = (name: WindowName) => {
      return estimateInSlices(open, polls, defaultReachMs, windowAt(asOf - windowMs[name], name));
    };
    const chosen = windowAt(asOf, window);
    const parts = cutWindow(schedule.timeZone, chosen, bucketMs[window]);
    return {
      span,
      windows: { hour: yield* present("hour"), day: yield* present("day"), week: yield* present("week") },
      previous: { hour: yield* before("hour"), day: yield* before("day"), week: yield* before("week") },
      buckets: yield* bucketsInSlices(open, polls, defaultReachMs, parts),
      explained: explain ? yield* explainPage(span, chosen, position?.from ?? chosen.start) : null,
    };
  };
  const computed = await computeRange(database, viewer, storeId, asked, compute, signal);
  const { span, windows, previous, buckets, explained } = computed;
  return {
    store_id: storeId,
    as_of: isoInstant(span.asOf),
    method: "interpolated",
    time_zone: span.schedule.timeZone,
    clock: clockAround(span.schedule.timeZone, [span.asOf]),
    windows: { hour: toEstimate(windows.hour), day: toEstimate(windows.day), week: toEstimate(windows.week) },
    previous: { hour: toPrevious(previous.hour), day: toPrevious(previous.day), week: toPrevious(previous.week) },
    window,
    buckets: buckets.map(toBucket),
    ...(explained === null
      ? {}
      : {
          segments: explained.segments,
          next_cursor:
            explained.next === null ? null : await sealRangeCursor(database, viewer, list, span, explained.next),
        }),
  };
}
