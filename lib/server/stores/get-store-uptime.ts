import { toBucket, toSegment, toPrevious, toEstimate } from "@/lib/server/wire/uptime-wire";
import type { Database } from "@/db/client";
import type { StoreUptime } from "@/lib/contract/uptime";
import type { Viewer } from "@/lib/server/access/viewer";
import { isoInstant } from "@/lib/server/wire/instants";
import { clockAround } from "@/lib/server/zones/zone-clock";
import { cutWindow, estimateBuckets } from "@/lib/uptime/buckets";
import { estimateUptime } from "@/lib/uptime/estimate";
import { explainWindow } from "@/lib/uptime/explain";
import type { Interval, PerWindow, UptimeEstimate, WindowName } from "@/lib/uptime/types";
import { defaultReachMs, windowAt, windowMs } from "@/lib/uptime/windows";
import { askedAsOf } from "./range";
import { readStoreSpan } from "./store-span";

const minuteMs = 60_000;

/** How finely each window is drawn: five minutes, an hour, a day of local clock time. */
const bucketMs: PerWindow<number> = { hour: 5 * minuteMs, day: 60 * minuteMs, week: 24 * 60 * minuteMs };

export interface StoreUptimeOptions {
  /** RFC 3339; the newest poll unless given. */
  readonly asOf?: string | undefined;
  /** Adds the segments of the chosen window. */
  readonly explain?: boolean;
}

/**
 * A store's three windows, each beside the one before it, and one of them in buckets.
 * @throws AppError store_not_found, invalid_as_of
 */
export async function getStoreUptime(
  database: Database,
  viewer: Viewer,
  storeId: string,
  window: WindowName,
  { asOf: asOfText, explain = false }: StoreUptimeOptions = {},
): Promise<StoreUptime> {
  const lengthMs = 2 * windowMs.week;
  const asked = { asOf: askedAsOf({ as_of: asOfText }, Date.now()), from: null, to: null, lengthMs } as const;
  const span = await readStoreSpan(database, viewer, storeId, { ...asked, longestMs: lengthMs, lengths: 1 });
  const { asOf, schedule, open, polls } = span;
  const estimate = (of: Interval): UptimeEstimate => estimateUptime(open, polls, defaultReachMs, of);
  const present = (name: WindowName) => toEstimate(estimate(windowAt(asOf, name)));
  const before = (name: WindowName) => toPrevious(estimate(windowAt(asOf - windowMs[name], name)));

  const chosen = windowAt(asOf, window);
  const parts = cutWindow(schedule.timeZone, chosen, bucketMs[window]);
  const segments = explain ? explainWindow(open, polls, defaultReachMs, chosen).map(toSegment) : null;
  return {
    store_id: span.storeId,
    as_of: isoInstant(asOf),
    method: "interpolated",
    time_zone: schedule.timeZone,
    clock: clockAround(schedule.timeZone, [asOf]),
    windows: { hour: present("hour"), day: present("day"), week: present("week") },
    previous: { hour: before("hour"), day: before("day"), week: before("week") },
    window,
    buckets: estimateBuckets(open, polls, defaultReachMs, parts).map(toBucket),
    ...(segments === null ? {} : { segments }),
  };
}
