import type { RequestedRange } from "@/db/queries/bulk/store-window";
import { AppError } from "@/lib/server/errors";
import { parseAsOf, parseInstant } from "@/lib/server/wire/as-of";
import { isoInstant } from "@/lib/server/wire/instants";
import { clockAround } from "@/lib/server/zones/zone-clock";
import type { EpochMs, Interval, Schedule } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

export interface RangeQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly as_of?: string | undefined;
}

export interface RangeLimits {
  readonly defaultDays: number;
  readonly longestDays: number;
}

/** A window, and the instant after which polls do not count. */
export interface ResolvedRange {
  readonly window: Interval;
  readonly asOf: EpochMs;
}

export function invalidRange(pointer: string, reason: string): AppError {
  return new AppError("invalid_range", reason, { faults: [{ pointer, code: "invalid_range", reason }] });
}

/** The requested as-of instant; null: the newest poll. @param now the clock's ms   @throws AppError invalid_as_of */
export function parseRangeAsOf({ as_of: asOf }: RangeQuery, now: EpochMs): EpochMs | null {
  return asOf === undefined ? null : parseAsOf(asOf, now);
}

/**
 * Parses the range of a request.
 * @param now the clock's ms
 * @throws AppError invalid_from, invalid_to, invalid_as_of
 */
export function parseRange(query: RangeQuery, { defaultDays, longestDays }: RangeLimits, now: EpochMs): RequestedRange {
  return {
    asOf: parseRangeAsOf(query, now),
    to: query.to === undefined ? null : parseInstant("to", query.to),
    from: query.from === undefined ? null : parseInstant("from", query.from),
    lengthMs: defaultDays * dayMs,
    longestMs: longestDays * dayMs,
    lengths: 1,
  };
}

/**
 * Resolves the range once the fleet's newest poll is known. The window ends at the as-of instant at the latest, because
 * nothing is known after it.
 * @throws AppError invalid_range
 */
export function resolveRange(asked: RequestedRange, newestAt: EpochMs): ResolvedRange {
  const asOf = asked.asOf ?? newestAt;
  const to = asked.to ?? asOf;
  const from = asked.from ?? to - asked.lengthMs;
  if (from >= to) throw invalidRange("/from", "from must be before to.");
  if (to - from > asked.longestMs)
    throw invalidRange("/from", `A range may be at most ${asked.longestMs / dayMs} days long.`);
  if (from >= asOf)
    throw invalidRange("/from", `from must be before ${isoInstant(asOf)}, up to which polls are known.`);
  const end = Math.min(to, asOf);
  return { window: { start: end - asked.lengths * (end - from), end }, asOf };
}

/** The range of the further pages of a response: that of its first page. */
export function continuedFrom(position: ResolvedRange | null, range: RequestedRange): RequestedRange {
  if (position === null) return range;
  return { ...range, asOf: position.asOf, from: position.window.start, to: position.window.end };
}

/**
 * The common first fields of every response about a range of a store.
 * @param others further instants of the response, which its clock covers
 */
export function rangeHead(
  { asOf, window }: ResolvedRange,
  { timeZone }: Schedule,
  storeId: string,
  others: readonly EpochMs[] = [],
) {
  return {
    store_id: storeId,
    as_of: isoInstant(asOf),
    time_zone: timeZone,
    clock: clockAround(timeZone, [window.start, asOf, ...others]),
    from: isoInstant(window.start),
    to: isoInstant(window.end),
  };
}
