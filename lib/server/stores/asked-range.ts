import type { Database } from "@/db/client";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import type { RequestedRange } from "@/db/queries/bulk/store-window";
import type { Viewer } from "@/lib/server/access/viewer";
import { isoInstant } from "@/lib/server/wire/instants";
import { lastDate, periodAt, periodOfDates, type Period, type PeriodName } from "@/lib/uptime/periods";
import type { EpochMs, TimeZone } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";
import { invalidRange, parseRange, parseRangeAsOf, type RangeLimits, type RangeQuery } from "./range";
import { requireStoreZone } from "./require-store";

/** A range as a request names it. */
export interface NamedRangeQuery extends RangeQuery {
  readonly period?: PeriodName | undefined;
  readonly from_date?: string | undefined;
  readonly to_date?: string | undefined;
}

export interface AskedRange {
  readonly asked: RequestedRange;
  /** Of a period or local dates: their window, and the range before it. Null for a range of instants. */
  readonly period: Period | null;
}

/** The names of a period or of dates in a request: of what a cursor belongs to. */
export function rangeNames({ period, from_date: fromDate, to_date: toDate }: NamedRangeQuery): readonly string[] {
  return [period, fromDate, toDate].filter((name) => name !== undefined);
}

const dateOf = (text: string): number => Date.parse(text) / dayMs;

function periodOf(zone: TimeZone, asOf: EpochMs, query: NamedRangeQuery, longestDays: number): Period {
  const { period: name, from_date: fromDate, to_date: toDate } = query;
  if (name !== undefined) return periodAt(zone, asOf, name);
  const from = dateOf(fromDate ?? "");
  const to = toDate === undefined ? Infinity : dateOf(toDate);
  const period = periodOfDates(zone, asOf, { from, to });
  if (period === null) {
    throw invalidRange("/from_date", `from_date must be before ${isoInstant(asOf)}, up to which polls are known.`);
  }
  if (lastDate(zone, period.window.end) - from >= longestDays) {
    throw invalidRange("/from_date", `A range may be at most ${String(longestDays)} dates long.`);
  }
  return period;
}

/**
 * The range that a request asks for. Periods and dates are those of the store's calendar, so its zone is read first.
 * @param asOf that of the first page, for a further one   @throws AppError store_not_found, invalid_range, and as
 * `parseRange`
 */
export async function askedRange(
  database: Database,
  viewer: Viewer,
  storeId: string,
  query: NamedRangeQuery,
  limits: RangeLimits,
  asOf: EpochMs | null,
): Promise<AskedRange> {
  const now = Date.now();
  if (query.period === undefined && query.from_date === undefined) {
    return { asked: parseRange(query, limits, now), period: null };
  }
  const zone = await requireStoreZone(database, viewer, storeId);
  const end = asOf ?? parseRangeAsOf(query, now) ?? (await readFleetState(database, now)).asOf;
  const period = periodOf(zone, end, query, limits.longestDays);
  const { start: from, end: to } = period.window;
  return { asked: { asOf: end, from, to, lengthMs: to - from, longestMs: to - from, lengths: 1 }, period };
}
