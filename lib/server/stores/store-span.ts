import type { Database, SqlOrTx } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { readFleetState } from "@/db/queries/fleet-state";
import { newestPollsBefore, oldestPollAfter, pollsOfStore } from "@/db/queries/store-polls";
import { readSchedules } from "@/db/queries/store-schedules";
import { toSchedule } from "@/lib/server/reports/prepare-schedule";
import { openIntervals } from "@/lib/uptime/business-hours";
import { pollsBetween } from "@/lib/uptime/packed-polls";
import type { EpochMs, Interval, PackedPolls, Poll, Schedule } from "@/lib/uptime/types";
import { requireStore } from "./require-store";

/** What is asked about: a window, and the instant after which no poll counts. */
export interface SpanRequest {
  readonly window: Interval;
  readonly asOf: EpochMs;
}

/** All that the figures of one store in one window are computed from, out of one snapshot of the database. */
export interface StoreSpan extends SpanRequest {
  readonly storeId: string;
  readonly schedule: Schedule;
  /** Open intervals of the window and a day around it. */
  readonly open: readonly Interval[];
  /** The polls that decide a state in the window, or make time in it ambiguous. */
  readonly polls: PackedPolls;
}

/**
 * How far around a window polls are read. Farther than twice the reach, so that no poll beyond decides a state in the
 * window; what such a poll can still do is make time ambiguous.
 */
const marginMs = 24 * 3_600_000;

/** Puts a poll of the given status at `at`, before or after all others. */
function withPoll(polls: PackedPolls, at: EpochMs, { status }: Poll, where: "first" | "last"): PackedPolls {
  const count = polls.at.length;
  const more = { at: new Float64Array(count + 1), active: new Uint8Array(count + 1) };
  const rest = where === "first" ? 1 : 0;
  more.at.set(polls.at, rest);
  more.active.set(polls.active, rest);
  const index = where === "first" ? 0 : count;
  more.at[index] = at;
  more.active[index] = status === "active" ? 1 : 0;
  return more;
}

/** Whether the store was open without a break in `[start, end)`. */
function isOneOpening(schedule: Schedule, interval: Interval): boolean {
  const [only, ...more] = openIntervals(schedule, interval);
  return only?.start === interval.start && only.end === interval.end && more.length === 0;
}

/**
 * The polls around a window. The nearest ones beyond what is read stand, where they are of the same opening, a
 * millisecond beyond it: from there as from where they are they decide nothing in the window and make the same time
 * ambiguous.
 */
async function pollsAround(
  tx: SqlOrTx,
  storeKey: number,
  schedule: Schedule,
  { window, asOf }: SpanRequest,
): Promise<PackedPolls> {
  const from = window.start - marginMs;
  const to = Math.min(window.end + marginMs, asOf);
  const [polls, newest, after] = await Promise.all([
    pollsOfStore(tx, storeKey, from, to),
    newestPollsBefore(tx, [storeKey], from),
    to < asOf ? oldestPollAfter(tx, storeKey, to, asOf) : null,
  ]);
  const before = newest.get(storeKey);
  let around = polls;
  if (before !== undefined && isOneOpening(schedule, { start: before.at, end: from })) {
    around = withPoll(around, from - 1, before, "first");
  }
  if (after !== null && isOneOpening(schedule, { start: to, end: after.at + 1 })) {
    around = withPoll(around, to + 1, after, "last");
  }
  return around;
}

/**
 * Reads a store and its polls around a window.
 * @param choose gets the fleet's newest poll and says what is asked about
 * @throws AppError store_not_found, and what `choose` throws
 */
export async function readStoreSpan(
  database: Database,
  storeId: string,
  choose: (newestAt: EpochMs) => SpanRequest,
): Promise<StoreSpan> {
  const { storeKey } = await requireStore(database, storeId);
  return withTransaction(
    database.sql,
    async ({ sql: tx }) => {
      const request = choose((await readFleetState(tx)).asOf);
      const [known] = await readSchedules(tx, [storeKey]);
      if (known === undefined) throw new Error(`Store ${storeId} is gone as soon as it was found.`);
      const schedule = toSchedule(known.schedule);
      const { start, end } = request.window;
      const open = openIntervals(schedule, { start: start - marginMs - 1, end: end + marginMs + 2 });
      return { ...request, storeId, schedule, open, polls: await pollsAround(tx, storeKey, schedule, request) };
    },
    "snapshot",
  );
}

/** The polls that were made in the window, its end included where nothing counts after it. */
export function pollsInWindow({ polls, window, asOf }: StoreSpan): PackedPolls {
  return pollsBetween(polls, window.start, window.end === asOf ? asOf : window.end - 1);
}
