import { z } from "zod";
import type { PeriodName } from "@/lib/uptime/periods";
import { LocalDateSchema } from "./store-edit";
import { SentInstantSchema } from "./uptime";

export const periodNames = [
  "last_hour",
  "last_24_hours",
  "last_7_days",
  "last_30_days",
  "this_month",
  "last_month",
] as const satisfies readonly PeriodName[];

/** The ways to name a range in a request; of them a request uses one. */
export const rangeQuery = {
  from: SentInstantSchema.optional().describe("Start of the range; at most 400 days. Default: 7 days before its end."),
  to: SentInstantSchema.optional().describe("End of the range, exclusive; at most as_of. Default: as_of."),
  period: z
    .enum(periodNames)
    .optional()
    .describe("A period that ends at as_of, instead of from and to. Months are those of the store's local calendar."),
  from_date: LocalDateSchema.optional().describe("First local date of the store, instead of from and to."),
  to_date: LocalDateSchema.optional().describe("Last local date, included; at most 400 dates. Default: that of as_of."),
};

type RangeName = "to" | "period" | "from_date" | "to_date";

export interface RangeInput {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly period?: PeriodName | undefined;
  readonly from_date?: string | undefined;
  readonly to_date?: string | undefined;
}

/** Reports a range that is named in two ways. @param wrong called with the faulty parameter and what is wrong with it */
export function checkRange(value: RangeInput, wrong: (name: RangeName, message: string) => void): void {
  const { from, to, period, from_date: fromDate, to_date: toDate } = value;
  const isByInstants = from !== undefined || to !== undefined;
  if (period !== undefined && isByInstants) wrong("period", "Send period or from and to, not both.");
  if (toDate !== undefined && fromDate === undefined) wrong("to_date", "to_date needs from_date.");
  if (fromDate === undefined) return;
  if (isByInstants || period !== undefined) wrong("from_date", "Send from_date, period or from, only one of them.");
  if (toDate !== undefined && toDate < fromDate) wrong("to_date", "to_date must not be before from_date.");
}
