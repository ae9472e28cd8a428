import type { Database } from "@/db/client";
import type { StoreAround } from "@/db/queries/store-around";
import type { StoreIncidents, StoreIncidentsQuery } from "@/lib/contract/store-history";
import type { Viewer } from "@/lib/server/access/viewer";
import { openCursor, sealCursor, type CursorList } from "@/lib/server/wire/cursor";
import { toSchedule } from "@/lib/server/figures/prepare-schedule";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { clockAround } from "@/lib/server/zones/zone-clock";
import { openIntervals } from "@/lib/uptime/business-hours";
import { findBoundedIncidents, type BoundedIncident } from "@/lib/uptime/incidents";
import { intervalAt } from "@/lib/uptime/interval";
import { pollsBetween } from "@/lib/uptime/packed-polls";
import type { EpochMs, Interval, PackedPolls, Schedule } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import { askedRange, settleSpan, type SpanRequest } from "./range";
import { requireStoreAround } from "./require-store";

const limits = { defaultDays: 7, longestDays: 400 };
const dayMs = 86_400_000;
const firstMarginMs = 8 * dayMs;

/** What an answer's pages have in common; it stands in the cursor, so that further pages are of the same answer. */
interface Position extends SpanRequest {
  /** Start of the last incident of the page before. */
  readonly before: EpochMs;
}

function isPosition(value: unknown): value is Position {
  return typeof value === "object" && value !== null && "window" in value && "asOf" in value && "before" in value;
}

function hasActive(open: readonly Interval[], { at, active }: PackedPolls): boolean {
  return active.some((one, poll) => one === 1 && intervalAt(open, at[poll]!) !== undefined);
}

/** Without a `startEarliest` where nothing is known of the time before it. */
type KnownIncident = Omit<BoundedIncident, "startEarliest"> & { readonly startEarliest: EpochMs | null };

/**
 * The incidents that overlap a window; null where more polls are needed to tell: on both sides one in hours must say
 * active, or there must be none beyond. An incident's start and end are what they are, whatever range is asked about.
 */
function incidentsAround(
  { polls, before, after }: StoreAround,
  schedule: Schedule,
  { window, asOf }: SpanRequest,
  marginMs: number,
): readonly KnownIncident[] | null {
  const from = window.start - marginMs;
  const to = Math.min(asOf, window.end + marginMs);
  const range = { start: from - defaultReachMs, end: Math.min(asOf, to + defaultReachMs) + 1 };
  const open = openIntervals(schedule, range);
  const isBackDone = before === null || hasActive(open, pollsBetween(polls, from, window.start));
  const isOnDone = after === null || hasActive(open, pollsBetween(polls, window.end, to));
  if (!isBackDone || !isOnDone) return null;
  return findBoundedIncidents(open, polls, defaultReachMs, asOf)
    .filter(({ start, end }) => start < window.end && end > window.start)
    .map((one) => ({ ...one, startEarliest: one.startEarliest === range.start ? null : one.startEarliest }));
}

function earliestOf({ start, startEarliest }: KnownIncident): EpochMs {
  return startEarliest ?? start;
}

/**
 * A store's incidents in a range, newest first.
 * @throws AppError store_not_found, invalid_cursor, invalid_range, and what `askedRange` throws
 */
export async function listIncidents(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: StoreIncidentsQuery,
): Promise<StoreIncidents> {
  const list: CursorList = ["incidents", storeId, query.from, query.to, query.as_of];
  const cursor = query.cursor === undefined ? null : await openCursor(database, viewer, list, query.cursor, isPosition);
  const range = askedRange(query, limits, Date.now());
  const asked =
    cursor === null ? range : { ...range, asOf: cursor.asOf, from: cursor.window.start, to: cursor.window.end };
  // Each reading stands for itself, so that a longer one needs nothing of the one before.
  for (let marginMs = firstMarginMs; ; marginMs *= 2) {
    const around = await requireStoreAround(database, viewer, storeId, asked, marginMs);
    const request = settleSpan(asked, around.newestAt);
    const schedule = toSchedule(around.given);
    const incidents = incidentsAround(around, schedule, request, marginMs);
    if (incidents === null) continue;
    const before = cursor?.before ?? null;
    const older = incidents.toReversed().filter(({ start }) => before === null || start < before);
    const page = older.slice(0, query.limit);
    const last = page.at(-1);
    return {
      store_id: storeId,
      as_of: isoInstant(request.asOf),
      time_zone: schedule.timeZone,
      clock: clockAround(schedule.timeZone, [request.asOf, request.window.start, ...page.map(earliestOf)]),
      from: isoInstant(request.window.start),
      to: isoInstant(request.window.end),
      incidents: page.map((one) => ({
        start: isoInstant(one.start),
        end: isoInstant(one.end),
        start_earliest: isoOrNull(one.startEarliest),
        start_latest: isoInstant(one.startLatest),
        end_earliest: isoInstant(one.endEarliest),
        end_latest: isoOrNull(one.endLatest),
        down_ms: one.downMs,
        polls: one.polls,
        ongoing: one.ongoing,
      })),
      total: incidents.length,
      next_cursor:
        last === undefined || older.length <= page.length
          ? null
          : await sealCursor(database, viewer, list, { ...request, before: last.start }),
    };
  }
}
