import type { Database } from "@/db/client";
import type { StoreTimeline, StoreTimelineQuery } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import type { CursorList } from "@/lib/server/wire/cursor";
import { isoInstant } from "@/lib/server/wire/instants";
import { firstPollAtOrAfter } from "@/lib/uptime/packed-polls";
import { mapInSlices, type Sliced } from "@/lib/uptime/sliced";
import { stateRunsInSlices } from "@/lib/uptime/timeline";
import type { EpochMs, Interval, PackedPolls } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import { askedRange, rangeNames } from "./asked-range";
import { continuedFrom, rangeHead } from "./range";
import { openRangeCursor, sealRangeCursor } from "./range-cursor";
import { computeRange, pollsInWindow, type StoreRange } from "./store-range";

const limits = { defaultDays: 7, longestDays: 35 };

/**
 * Maximum number of segments and of polls in a response: about 2 MB of JSON. A store that is polled every minute has
 * 10,080 a week.
 */
const maxPerPage = 12_000;

function* pollsOnWire(open: readonly Interval[], { at, active }: PackedPolls): Sliced<StoreTimeline["polls"]> {
  let opening = 0;
  return yield* mapInSlices(at, (instant, poll) => {
    while (opening < open.length && open[opening]!.end <= instant) opening++;
    const present = open[opening];
    return {
      at: isoInstant(instant),
      status: active[poll] === 1 ? "active" : "inactive",
      in_hours: present !== undefined && present.start <= instant,
    };
  });
}

/** A part of a timeline: the segments that start in it, and its polls. */
interface TimelinePage {
  readonly span: StoreRange;
  readonly segments: StoreTimeline["segments"];
  readonly polls: StoreTimeline["polls"];
  /** Where the next part starts; null: this is the last. */
  readonly next: EpochMs | null;
}

function* pageOf(span: StoreRange, from: EpochMs): Sliced<TimelinePage> {
  const { open, polls, window } = span;
  const segments = yield* stateRunsInSlices(open, polls, defaultReachMs, window, { from, limit: maxPerPage + 1 });
  const inWindow = pollsInWindow(span);
  const first = firstPollAtOrAfter(inWindow, from);
  const end = Math.min(segments[maxPerPage]?.start ?? Infinity, inWindow.at[first + maxPerPage] ?? Infinity);
  const last = firstPollAtOrAfter(inWindow, end);
  const ofPage = { at: inWindow.at.subarray(first, last), active: inWindow.active.subarray(first, last) };
  const kept = segments.filter(({ start }) => start < end);
  return {
    span,
    segments: yield* mapInSlices(kept, (one) => {
      return { start: isoInstant(one.start), end: isoInstant(one.end), state: one.state };
    }),
    polls: yield* pollsOnWire(open, ofPage),
    next: end === Infinity ? null : end,
  };
}

/**
 * The data of a store's strip: states, closed time, and polls, paged if there are very many.
 * @throws as `askedRange` and `computeRange`; invalid_cursor
 */
export async function getStoreTimeline(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: StoreTimelineQuery,
  signal?: AbortSignal,
): Promise<StoreTimeline> {
  const list: CursorList = ["timeline", storeId, query.from, query.to, query.as_of, ...rangeNames(query)];
  const position = await openRangeCursor(database, viewer, list, query.cursor);
  const range = await askedRange(database, viewer, storeId, query, limits, position?.asOf ?? null);
  const asked = continuedFrom(position, range.asked);
  const compute = (span: StoreRange) => pageOf(span, position?.from ?? span.window.start);
  const page = await computeRange(database, viewer, storeId, asked, compute, signal);
  return {
    ...rangeHead(page.span, page.span.schedule, storeId),
    segments: page.segments,
    polls: page.polls,
    next_cursor: page.next === null ? null : await sealRangeCursor(database, viewer, list, page.span, page.next),
  };
}
