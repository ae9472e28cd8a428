import type { Database } from "@/db/client";
import type { StoreTimeline } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import { isoInstant } from "@/lib/server/wire/instants";
import { clockAround } from "@/lib/server/zones/zone-clock";
import { stretchesOf } from "@/lib/uptime/timeline";
import type { Interval, PackedPolls } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import { askedRange, type RangeQuery } from "./range";
import { pollsInWindow, readStoreSpan } from "./store-span";

const limits = { defaultDays: 7, longestDays: 35 };

function toPolls(open: readonly Interval[], { at, active }: PackedPolls): StoreTimeline["polls"] {
  let opening = 0;
  return Array.from(at, (instant, poll) => {
    while (opening < open.length && open[opening]!.end <= instant) opening++;
    const present = open[opening];
    return {
      at: isoInstant(instant),
      status: active[poll] === 1 ? "active" : "inactive",
      in_hours: present !== undefined && present.start <= instant,
    };
  });
}

/** What a strip of a store draws: its states, its closed time, its polls. @throws as `askedRange`; store_not_found, invalid_range */
export async function getStoreTimeline(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: RangeQuery,
): Promise<StoreTimeline> {
  const span = await readStoreSpan(database, viewer, storeId, askedRange(query, limits, Date.now()));
  const { asOf, window, schedule, open, polls } = span;
  return {
    store_id: span.storeId,
    as_of: isoInstant(asOf),
    time_zone: schedule.timeZone,
    clock: clockAround(schedule.timeZone, [window.start, asOf]),
    from: isoInstant(window.start),
    to: isoInstant(window.end),
    segments: stretchesOf(open, polls, defaultReachMs, window).map(({ start, end, state }) => {
      return { start: isoInstant(start), end: isoInstant(end), state };
    }),
    polls: toPolls(open, pollsInWindow(span)),
  };
}
