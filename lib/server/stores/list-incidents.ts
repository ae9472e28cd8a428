import { createHash } from "node:crypto";
import type { Database, SqlOrTx } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { readFleetState } from "@/db/queries/fleet-state";
import { newestPollsBefore, oldestPollAfter, pollsOfStore } from "@/db/queries/store-polls";
import { readSchedules } from "@/db/queries/store-schedules";
import type { StoreIncidents, StoreIncidentsQuery } from "@/lib/contract/store-history";
import { AppError } from "@/lib/server/errors";
import { toSchedule } from "@/lib/server/reports/prepare-schedule";
import { isoInstant, isoOrNull } from "@/lib/server/reports/report-wire";
import { openIntervals } from "@/lib/uptime/business-hours";
import { findBoundedIncidents, type BoundedIncident } from "@/lib/uptime/incidents";
import { intervalAt } from "@/lib/uptime/interval";
import { pollsBetween } from "@/lib/uptime/packed-polls";
import type { EpochMs, Interval, PackedPolls, Schedule } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import { rangeOf } from "./range";
import { requireStore } from "./require-store";
import type { SpanRequest } from "./store-span";

const limits = { defaultDays: 7, longestDays: 400 };
const dayMs = 86_400_000;
const firstMarginMs = 8 * dayMs;

function isInstant(at: EpochMs): boolean {
  return Number.isInteger(at) && at >= Date.UTC(1990, 0, 1) && at < Date.UTC(2100, 0, 1);
}

/** What an answer's pages have in common; it stands in the cursor, so that further pages are of the same answer. */
interface Position {
  readonly window: Interval;
  readonly asOf: EpochMs;
  /** Start of the last incident of the page before; null on the first page. */
  readonly before: EpochMs | null;
}

function listOf(storeId: string, { from, to, as_of: asOf }: StoreIncidentsQuery): string {
  const list = JSON.stringify([storeId, from ?? null, to ?? null, asOf ?? null]);
  return createHash("sha256").update(list).digest("base64url").slice(0, 12);
}

function decodeCursor(list: string, cursor: string): Position {
  const parts = Buffer.from(cursor, "base64url").toString("latin1").split(" ");
  const [start = NaN, end = NaN, asOf = NaN, before = NaN] = parts.slice(1).map(Number);
  // Whoever writes a cursor by hand can ask for no more than a request can.
  const areInstants = [start, end, asOf, before].every(isInstant);
  const isRange = start < end && end <= asOf && end - start <= limits.longestDays * dayMs;
  if (parts[0] !== list || parts.length !== 5 || !areInstants || !isRange) {
    const remedy = "Take the cursor from next_cursor of a page with the same other parameters.";
    throw new AppError("invalid_cursor", remedy);
  }
  return { window: { start, end }, asOf, before };
}

function encodeCursor(list: string, { window, asOf }: Position, before: EpochMs): string {
  return Buffer.from([list, window.start, window.end, asOf, before].join(" ")).toString("base64url");
}

function hasActive(open: readonly Interval[], { at, active }: PackedPolls): boolean {
  return active.some((one, poll) => one === 1 && intervalAt(open, at[poll]!) !== undefined);
}

/** Without a `startEarliest` where nothing is known of the time before it. */
type KnownIncident = Omit<BoundedIncident, "startEarliest"> & { readonly startEarliest: EpochMs | null };

/**
 * The incidents that overlap a window. Polls are read back, and on, until one in hours says active, farther and
 * farther: an incident's start and end are what they are, whatever range is asked about.
 */
async function incidentsAround(
  tx: SqlOrTx,
  storeKey: number,
  schedule: Schedule,
  { window, asOf }: SpanRequest,
): Promise<readonly KnownIncident[]> {
  let from = window.start - firstMarginMs;
  let to = Math.min(asOf, window.end + firstMarginMs);
  for (;;) {
    const polls = await pollsOfStore(tx, storeKey, from, to);
    const range = { start: from - defaultReachMs, end: Math.min(asOf, to + defaultReachMs) + 1 };
    const open = openIntervals(schedule, range);
    const isBackDone =
      hasActive(open, pollsBetween(polls, from, window.start)) ||
      (await newestPollsBefore(tx, [storeKey], from)).size === 0;
    const isOnDone =
      to === asOf ||
      hasActive(open, pollsBetween(polls, window.end, to)) ||
      (await oldestPollAfter(tx, storeKey, to, asOf)) === null;
    if (isBackDone && isOnDone) {
      return findBoundedIncidents(open, polls, defaultReachMs, asOf)
        .filter(({ start, end }) => start < window.end && end > window.start)
        .map((one) => ({ ...one, startEarliest: one.startEarliest === range.start ? null : one.startEarliest }));
    }
    if (!isBackDone) from -= window.start - from;
    if (!isOnDone) to = Math.min(asOf, to + (to - window.end));
  }
}

/**
 * A store's incidents in a range, newest first.
 * @throws AppError store_not_found, invalid_cursor, and what `rangeOf` throws
 */
export async function listIncidents(
  database: Database,
  storeId: string,
  query: StoreIncidentsQuery,
): Promise<StoreIncidents> {
  const { storeKey } = await requireStore(database, storeId);
  const list = listOf(storeId, query);
  const cursor = query.cursor === undefined ? null : decodeCursor(list, query.cursor);
  return withTransaction(
    database.sql,
    async ({ sql: tx }) => {
      const newestAt = (await readFleetState(tx)).asOf;
      const position: Position = cursor ?? { ...rangeOf(query, limits, newestAt, Date.now()), before: null };
      const { window, asOf, before } = position;
      const [known] = await readSchedules(tx, [storeKey]);
      if (known === undefined) throw new Error(`Store ${storeId} is gone as soon as it was found.`);
      const schedule = toSchedule(known.schedule);
      const incidents = await incidentsAround(tx, storeKey, schedule, position);
      const older = incidents.toReversed().filter(({ start }) => before === null || start < before);
      const page = older.slice(0, query.limit);
      const last = page.at(-1);
      return {
        store_id: storeId,
        as_of: isoInstant(asOf),
        time_zone: schedule.timeZone,
        from: isoInstant(window.start),
        to: isoInstant(window.end),
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
          last === undefined || older.length <= page.length ? null : encodeCursor(list, position, last.start),
      };
    },
    "snapshot",
  );
}
