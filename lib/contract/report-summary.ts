import { z } from "zod";
import { InstantSchema, MethodSchema, StoreIdSchema, WindowNameSchema } from "./uptime";

const Ratio = z.number().min(0).max(1);
const Duration = z.int().min(0);

/** Query of `GET /api/v1/reports/{id}/summary`. */
export const ReportSummaryQuerySchema = z.strictObject({
  window: WindowNameSchema.default("week").describe("The window of the distribution and the worst stores."),
});

const WindowTotalSchema = z.object({
  up_ms: Duration,
  down_ms: Duration,
  /** Null when the method does not compute it. */
  unknown_ms: Duration.nullable(),
  /** Of the sums; null when nothing is known. */
  uptime_ratio: Ratio.nullable(),
  coverage: Ratio.nullable(),
});
export type WindowTotal = z.infer<typeof WindowTotalSchema>;

/** `GET /api/v1/reports/{id}/summary`: the summary of a complete report. */
export const ReportSummarySchema = z.object({
  report_id: z.int().positive(),
  method: MethodSchema,
  as_of: InstantSchema,
  /** Release of the tz database used for it; null when none was recorded. */
  tz_release: z.string().nullable(),
  window: WindowNameSchema,
  stores: z.int().min(0),
  /** Sums over the report's stores. */
  totals: z.object({ hour: WindowTotalSchema, day: WindowTotalSchema, week: WindowTotalSchema }),
  /** Stores by uptime ratio, from `from` up to, but not including, `to`; the last are those that were never down. */
  distribution: z.array(z.object({ from: Ratio, to: Ratio.nullable(), stores: z.int().min(0) })),
  /** Stores without known time: always closed, or never polled. */
  without_ratio: z.int().min(0),
  /** The ten with the lowest uptime ratio, among those with downtime. */
  worst: z.array(
    z.object({
      store_id: StoreIdSchema,
      name: z.string().nullable(),
      uptime_ratio: Ratio,
      up_ms: Duration,
      down_ms: Duration,
      coverage: Ratio.nullable(),
    }),
  ),
});
export type ReportSummary = z.infer<typeof ReportSummarySchema>;
