import { AppError } from "@/lib/server/errors";
import { parseAsOf, parseInstant } from "@/lib/server/reports/as-of";
import { isoInstant } from "@/lib/server/reports/report-wire";
import type { EpochMs } from "@/lib/uptime/types";
import type { SpanRequest } from "./store-span";

const dayMs = 86_400_000;

export interface RangeQuery {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly as_of?: string | undefined;
}

export interface RangeLimits {
  readonly defaultDays: number;
  readonly longestDays: number;
}

function invalidRange(pointer: string, reason: string): AppError {
  return new AppError("invalid_range", reason, { faults: [{ pointer, code: "invalid_range", reason }] });
}

/** The instant that a request is as of. @param newestAt the fleet's newest poll   @param now the clock's ms */
export function asOfOf({ as_of: asOf }: RangeQuery, newestAt: EpochMs, now: EpochMs): EpochMs {
  return asOf === undefined ? newestAt : parseAsOf(asOf, now);
}

/**
 * The range that a request asks about. Its end is cut at its as-of instant: nothing is known of what comes after.
 * @param newestAt the fleet's newest poll: the default as-of instant   @param now the clock's ms
 * @throws AppError invalid_range, invalid_from, invalid_to, invalid_as_of
 */
export function rangeOf(query: RangeQuery, limits: RangeLimits, newestAt: EpochMs, now: EpochMs): SpanRequest {
  const asOf = asOfOf(query, newestAt, now);
  const to = query.to === undefined ? asOf : parseInstant("to", query.to);
  const from = query.from === undefined ? to - limits.defaultDays * dayMs : parseInstant("from", query.from);
  if (from >= to) throw invalidRange("/from", "from must lie before to.");
  if (to - from > limits.longestDays * dayMs) {
    throw invalidRange("/from", `A range may be ${limits.longestDays} days long.`);
  }
  if (from >= asOf)
    throw invalidRange("/from", `from must lie before ${isoInstant(asOf)}, up to which polls are known.`);
  return { window: { start: from, end: Math.min(to, asOf) }, asOf };
}
