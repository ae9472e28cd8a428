import { z } from "zod";
import { methods, storeStates, windowNames } from "./names";

/** The wire format of uptime figures. Durations are whole ms, instants ISO 8601 UTC, ratios 0 to 1 or null. */

export const WindowNameSchema = z.enum(windowNames);
export const MethodSchema = z.enum(methods);
export const StoreIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
export const InstantSchema = z.iso.datetime({ offset: true });
const Duration = z.int().min(0);
const Ratio = z.number().min(0).max(1).nullable();

export const EstimateSchema = z.object({
  open_ms: Duration,
  up_ms: Duration,
  down_ms: Duration,
  unknown_ms: Duration,
  up_lowest_ms: Duration,
  up_highest_ms: Duration,
  polls: z.int().min(0),
  /** up / (up + down), exact; null where nothing is known. */
  uptime_ratio: Ratio,
  /** (up + down) / open; null where the store was not open. */
  coverage: Ratio,
});
export type Estimate = z.infer<typeof EstimateSchema>;

export const BucketSchema = z.object({
  start: InstantSchema,
  end: InstantSchema,
  open_ms: Duration,
  up_ms: Duration,
  down_ms: Duration,
  unknown_ms: Duration,
});
export type Bucket = z.infer<typeof BucketSchema>;

/** What the store is doing at the as-of instant. */
export const StoreStateSchema = z.enum(storeStates);
export type StoreState = z.infer<typeof StoreStateSchema>;

/** Query of `GET /api/v1/stores/{id}/uptime`. */
export const StoreUptimeQuerySchema = z.strictObject({ window: WindowNameSchema.default("week") });

/** `GET /api/v1/stores/{id}/uptime?window=`: the three windows, and the chosen one in buckets cut at local clock times. */
export const StoreUptimeSchema = z.object({
  store_id: StoreIdSchema,
  as_of: InstantSchema,
  method: z.literal("interpolated"),
  time_zone: z.string(),
  windows: z.object({ hour: EstimateSchema, day: EstimateSchema, week: EstimateSchema }),
  window: WindowNameSchema,
  /** Ascending, without gaps, from the window's start to `as_of`; they sum to the window to the millisecond. */
  buckets: z.array(BucketSchema),
});
export type StoreUptime = z.infer<typeof StoreUptimeSchema>;
