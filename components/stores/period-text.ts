import type { StoreRangeUptime } from "@/lib/contract/store-history";
import type { NamedPeriod, StorePeriod } from "@/lib/client/store-period";
import { dateText, type TimeStyle } from "@/lib/format/time-style";
import { localDate, type Clock } from "@/lib/format/zoned-time";

/** What a period is called on its link. */
export const periodLabel: Record<NamedPeriod, string> = {
  hour: "Last hour",
  day: "24 hours",
  week: "7 days",
  last_30_days: "30 days",
  this_month: "This month",
  last_month: "Last month",
};

/** "Nov 3 to Nov 9", with the year where it is not the same in both or another than `yearOf`'s. Dates are "2026-11-03". */
export function datesText(from: string, to: string, yearOf: string, style: TimeStyle): string {
  const isThisYear = [from, to].every((date) => date.slice(0, 4) === yearOf.slice(0, 4));
  const text = (date: string) => dateText(isThisYear ? "date" : "dateOfYear", new Date(`${date}T00:00:00Z`), style);
  return from === to ? text(from) : `${text(from)} to ${text(to)}`;
}

const names: Record<NamedPeriod, string> = {
  hour: "last hour",
  day: "last 24 hours",
  week: "last 7 days",
  last_30_days: "last 30 days",
  this_month: "this month",
  last_month: "last month",
};

/** When something was: "in the last 7 days". */
const inPeriod: Record<NamedPeriod, string> = {
  hour: "in the last hour",
  day: "in the last 24 hours",
  week: "in the last 7 days",
  last_30_days: "in the last 30 days",
  this_month: "this month",
  last_month: "last month",
};

/** A period in the middle of a heading: "last 7 days", "Nov 3 to Nov 9". @param asOf of the store's data */
export function periodName(period: StorePeriod, asOf: string, clock: Clock): string {
  return typeof period === "string"
    ? names[period]
    : datesText(period.from, period.to, localDate(asOf, clock), clock.style);
}

/** When something was: "in the last 7 days", "from Nov 3 to Nov 9", "on Nov 3". */
export function duringPeriod(period: StorePeriod, asOf: string, clock: Clock): string {
  if (typeof period === "string") return inPeriod[period];
  return `${period.from === period.to ? "on" : "from"} ${periodName(period, asOf, clock)}`;
}

/** With a capital: "Last 7 days", "Nov 3 to Nov 9". */
export function periodTitle(period: StorePeriod, asOf: string, clock: Clock): string {
  const name = periodName(period, asOf, clock);
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

const namesBefore: Partial<Record<NamedPeriod, string>> = {
  last_30_days: "30 days before",
  this_month: "Month before",
  last_month: "Month before",
};

/** The local dates of a range, the last one included. */
function datesOf(from: string, to: string, asOf: string, clock: Clock): string {
  const last = localDate(new Date(Date.parse(to) - 1).toISOString(), clock);
  return datesText(localDate(from, clock), last, localDate(asOf, clock), clock.style);
}

type RangeEnds = Pick<StoreRangeUptime, "from" | "to" | "previous_from" | "previous_to" | "as_of">;

/**
 * The headings of a period and of the one before it: "Last month" with "Oct 1 to Oct 31", "Month before" with its dates.
 * @param clock the store's
 */
export function rangeHeadings(
  period: StorePeriod,
  { from, to, previous_from: before, previous_to: until, as_of: asOf }: RangeEnds,
  clock: Clock,
): readonly { readonly title: string; readonly dates: string }[] {
  const named = typeof period === "string" ? period : null;
  return [
    { title: named === null ? "Chosen dates" : periodTitle(named, asOf, clock), dates: datesOf(from, to, asOf, clock) },
    {
      title: (named === null ? undefined : namesBefore[named]) ?? "Dates before",
      dates: datesOf(before, until, asOf, clock),
    },
  ];
}
