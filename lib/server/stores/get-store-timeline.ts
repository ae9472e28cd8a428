import type { Database } from "@/db/client";
import type { StoreTimeline, StoreTimelineQuery } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import { clockAround } from "@/lib/server/zones/zone-clock";
import type { CursorList } from "@/lib/server/wire/cursor";
import { isoInstant } from "@/lib/server/wire/instants";
import { firstPollAtOrAfter } from "@/lib/uptime/packed-polls";
import type { Sliced } from "@/lib/uptime/sliced";
import { stretchesInSlices, type Stretch } from "@/lib/uptime/timeline";
import type { EpochMs, Interval, PackedPolls } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import { askedRange } from "./range";
import { openSpanCursor, sealSpanCursor } from "./span-cursor";
import { computeSpan, pollsInWindow, type StoreSpan } from "./store-span";

const limits = { defaultDays: 7, longestDays: 35 };

/** Of each kind, the most that one answer has: about 4 MB of JSON. */
const mostOfPage = 20_000;

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

/** A part of a timeline: the segments that start in it, and the polls in it. */
interface TimelinePage {
  readonly span: StoreSpan;
  readonly segments: readonly Stretch[];
  readonly polls: PackedPolls;
  /** Where the next part begins; null: this is the last. */
  readonly next: EpochMs | null;
}

function* pageOf(span: StoreSpan, from: EpochMs): Sliced<TimelinePage> {
  const { open, polls, window } = span;
  const segments = yield* stretchesInSlices(open, polls, defaultReachMs, window, { from, limit: mostOfPage + 1 });
  const inWindow = pollsInWindow(span);
  const first = firstPollAtOrAfter(inWindow, from);
  const end = Math.min(segments[mostOfPage]?.start ?? Infinity, inWindow.at[first + mostOfPage] ?? Infinity);
  const last = firstPollAtOrAfter(inWindow, end);
  return {
    span,
    segments: segments.filter(({ start }) => start < end),
    polls: { at: inWindow.at.subarray(first, last), active: inWindow.active.subarray(first, last) },
    next: end === Infinity ? null : end,
  };
}

/**
 * What a strip of a store draws: its states, its closed time, its polls. Of very many, a page.
 * @throws as `askedRange` and `computeSpan`; invalid_cursor
 */
export async function getStoreTimeline(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: StoreTimelineQuery,
): Promise<StoreTimeline> {
  const list: CursorList = ["timeline", storeId, query.from, query.to, query.as_of];
  const position = await openSpanCursor(database, viewer, list, query.cursor);
  const range = askedRange(query, limits, Date.now());
  const asked =
    position === null ? range : { ...range, asOf: position.asOf, from: position.window.start, to: position.window.end };
  const page = await computeSpan(database, viewer, storeId, asked, (span) =>
    pageOf(span, position?.from ?? span.window.start),
  );
  const { asOf, window, schedule, open } = page.span;
  return {
    store_id: storeId,
    as_of: isoInstant(asOf),
    time_zone: schedule.timeZone,
    clock: clockAround(schedule.timeZone, [window.start, asOf]),
    from: isoInstant(window.start),
    to: isoInstant(window.end),
    segments: page.segments.map(({ start, end, state }) => {
      return { start: isoInstant(start), end: isoInstant(end), state };
    }),
    polls: toPolls(open, page.polls),
    next_cursor: page.next === null ? null : await sealSpanCursor(database, viewer, list, page.span, page.next),
  };
}
