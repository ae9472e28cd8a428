import { oneOf, windowNames } from "@/lib/contract/enums";
import type { PeriodName } from "@/lib/uptime/periods";
import type { WindowName } from "@/lib/uptime/types";
import { dayMs } from "@/lib/uptime/units";

/** Periods that a store's page offers by name: its three windows, and longer ones. */
export const namedPeriods = [...windowNames, "last_30_days", "this_month", "last_month"] as const;
export type NamedPeriod = (typeof namedPeriods)[number];

/** Local dates of the store, both included: "2026-11-01". */
export interface PeriodDates {
  readonly from: string;
  readonly to: string;
}

export type StorePeriod = NamedPeriod | PeriodDates;

export const defaultPeriod: NamedPeriod = "week";

/** The longest period that the API answers. */
export const longestDates = 400;

/** The window that a period is; null where it is none of the three. */
export function windowOf(period: StorePeriod): WindowName | null {
  return typeof period === "string" ? oneOf(windowNames, period) : null;
}

/** Midnight of a date as if it were UTC; NaN for what is no date. "2026-02-30" is none, though it can be parsed. */
function dateOf(text: string): number {
  const at = /^20\d\d-\d\d-\d\d$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? at : NaN;
}

/** How many dates a period of dates has. */
function countDates({ from, to }: PeriodDates): number {
  return (dateOf(to) - dateOf(from)) / dayMs + 1;
}

/** Two dates as an address has them; null where they are none, the wrong way round, or more than 400 apart. */
export function parseDates(from: string, to: string): PeriodDates | null {
  const dates = { from, to };
  const count = countDates(dates);
  // False for NaN, too.
  return count >= 1 && count <= longestDates ? dates : null;
}

const apiNames: Record<NamedPeriod, PeriodName> = {
  hour: "last_hour",
  day: "last_24_hours",
  week: "last_7_days",
  last_30_days: "last_30_days",
  this_month: "this_month",
  last_month: "last_month",
};

type PeriodQuery = { readonly period: PeriodName } | { readonly from_date: string; readonly to_date: string };

/** A period as the API takes it. */
export function periodQuery(period: StorePeriod): PeriodQuery {
  return typeof period === "string" ? { period: apiNames[period] } : { from_date: period.from, to_date: period.to };
}

/** From this number of dates on, a chart shows weeks, so that its bars are distinguishable on a phone. */
const mostDayBars = 93;

/** The parts that a chart of a period has. */
export function bucketOf(period: StorePeriod): "hour" | "day" | "week" {
  if (period === "hour" || period === "day") return "hour";
  if (typeof period === "string") return "day";
  const count = countDates(period);
  return count <= 2 ? "hour" : count <= mostDayBars ? "day" : "week";
}

/** The longest period whose timeline the API answers. */
const longestTimeline = 35;

/** The period whose timeline covers a period; the last 7 days for shorter ones and for one that is too long. */
export function timelinePeriod(period: StorePeriod): StorePeriod {
  if (windowOf(period) !== null) return "week";
  return typeof period !== "string" && countDates(period) > longestTimeline ? "week" : period;
}
