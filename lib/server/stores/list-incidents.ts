import { dayMs } from "@/lib/uptime/units";
import type { Database } from "@/db/client";
import type { RequestedRange } from "@/db/queries/bulk/store-window";
import type { StoreIncidents, StoreIncidentsQuery } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import { openCursor, sealCursor, type CursorList } from "@/lib/server/wire/cursor";
import { toSchedule } from "@/lib/server/figures/prepare-schedule";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { openIntervals } from "@/lib/uptime/business-hours";
import { incidentsInSlices, type BoundedIncident } from "@/lib/uptime/incidents";
import { pollsBetween } from "@/lib/uptime/packed-polls";
import { pollsPerSlice, type Sliced } from "@/lib/uptime/sliced";
import type { EpochMs, Interval, PackedPolls, Schedule } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import { askedRange, rangeNames } from "./asked-range";
import { continuedFrom, rangeHead, resolveRange, type ResolvedRange } from "./range";
import { computeStoreWindow, type StoreWindow } from "./require-store";

const limits = { defaultDays: 7, longestDays: 400 };
const firstMarginMs = 8 * dayMs;

/** Shared by the pages of a response; part of the cursor, so that all pages belong to the same response. */
interface Position extends ResolvedRange {
  /** Start of the last incident of the page before. */
  readonly before: EpochMs;
}

function isPosition(value: unknown): value is Position {
  return typeof value === "object" && value !== null && "window" in value && "asOf" in value && "before" in value;
}

/** Whether a poll in business hours is active. */
function hasActive(open: readonly Interval[], { at, active }: PackedPolls): boolean {
  let opening = 0;
  for (let poll = 0; poll < at.length; poll++) {
    while (opening < open.length && open[opening]!.end <= at[poll]!) opening++;
    const present = open[opening];
    if (present === undefined) return false;
    if (active[poll] === 1 && present.start <= at[poll]!) return true;
  }
  return false;
}

/** A page of the incidents that overlap a window, newest first. */
interface IncidentPage {
  readonly request: ResolvedRange;
  readonly schedule: Schedule;
  /** At most one more than requested. */
  readonly incidents: readonly BoundedIncident[];
  /** Nothing is known of the time before the earliest possible start. */
  readonly unknownBefore: EpochMs;
  readonly total: number;
}

/**
 * Null when more polls are needed: on both sides there must be an active poll in hours, or no more polls at all. An
 * incident's start and end do not depend on the requested range.
 * @param wanted at most this many of those that start before an instant
 */
function* incidentsAround(
  { polls, before, after, given, newestAt }: StoreWindow,
  asked: RequestedRange,
  marginMs: number,
  wanted: { readonly before: EpochMs; readonly limit: number },
): Sliced<IncidentPage | null> {
  const request = resolveRange(asked, newestAt);
  const { window, asOf } = request;
  const schedule = toSchedule(given);
  const from = window.start - marginMs;
  const to = Math.min(asOf, window.end + marginMs);
  const range = { start: from - defaultReachMs, end: Math.min(asOf, to + defaultReachMs) + 1 };
  const open = openIntervals(schedule, range);
  const isBackDone = before === null || hasActive(open, pollsBetween(polls, from, window.start));
  const isOnDone = after === null || hasActive(open, pollsBetween(polls, window.end, to));
  if (!isBackDone || !isOnDone) return null;
  const all = yield* incidentsInSlices(open, polls, defaultReachMs, asOf);
  const incidents: BoundedIncident[] = [];
  let total = 0;
  for (let index = all.count - 1; index >= 0; index--) {
    if (index % pollsPerSlice === 0) yield;
    const one = all.at(index);
    if (one.start >= window.end || one.end <= window.start) continue;
    total++;
    if (one.start < wanted.before && incidents.length < wanted.limit) incidents.push(one);
  }
  return { request, schedule, incidents, unknownBefore: range.start, total };
}

/**
 * A store's incidents in a range, newest first.
 * @throws AppError invalid_cursor, invalid_range, and what `askedRange` and `computeStoreWindow` throw
 */
export async function listIncidents(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: StoreIncidentsQuery,
  signal?: AbortSignal,
): Promise<StoreIncidents> {
  const list: CursorList = ["incidents", storeId, query.from, query.to, query.as_of, ...rangeNames(query)];
  const cursor = query.cursor === undefined ? null : await openCursor(database, viewer, list, query.cursor, isPosition);
  const range = await askedRange(database, viewer, storeId, query, limits, cursor?.asOf ?? null);
  const asked = continuedFrom(cursor, range.asked);
  const wanted = { before: cursor?.before ?? Infinity, limit: query.limit + 1 };
  // Each attempt reads everything again, with a larger margin.
  for (let marginMs = firstMarginMs; ; marginMs *= 2) {
    const found = await computeStoreWindow(database, viewer, storeId, { asked, marginMs, signal }, (around) =>
      incidentsAround(around, asked, marginMs, wanted),
    );
    if (found === null) continue;
    const { request, schedule, total, unknownBefore } = found;
    const page = found.incidents.slice(0, query.limit);
    const last = found.incidents.length > query.limit ? page.at(-1) : undefined;
    const earliestOf = ({ start, startEarliest }: BoundedIncident): EpochMs => {
      return startEarliest === unknownBefore ? start : startEarliest;
    };
    return {
      ...rangeHead(request, schedule, storeId, page.map(earliestOf)),
      incidents: page.map((one) => ({
        start: isoInstant(one.start),
        end: isoInstant(one.end),
        start_earliest: one.startEarliest === unknownBefore ? null : isoInstant(one.startEarliest),
        start_latest: isoInstant(one.startLatest),
        end_earliest: isoInstant(one.endEarliest),
        end_latest: isoOrNull(one.endLatest),
        down_ms: one.downMs,
        polls: one.polls,
        ongoing: one.ongoing,
      })),
      total,
      next_cursor:
        last === undefined ? null : await sealCursor(database, viewer, list, { ...request, before: last.start }),
    };
  }
}
