import type { RequestedRange } from "@/db/queries/store-window";
import { AppError } from "@/lib/server/errors";
import { parseAsOf, parseInstant } from "@/lib/server/wire/as-of";
import { isoInstant } from "@/lib/server/wire/instants";
import type { EpochMs, Interval } from "@/lib/uptime/types";
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

function invalidRange(pointer: string, reason: string): AppError {
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
