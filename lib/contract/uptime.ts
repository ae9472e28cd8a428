import { z } from "zod";
import { lifecycles, listedStates, methods, storeStates, windowNames } from "./enums";
import { canonicalStoreId, isNameable } from "./store-id";
import { ZoneClockSchema } from "./zone-clock";

/** The wire format of uptime figures. Durations are whole ms, instants ISO 8601 UTC, ratios 0 to 1 or null. */

export const WindowNameSchema = z.enum(windowNames);
export const MethodSchema = z.enum(methods);
export const StoreIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, "A store ID has 1 to 64 letters, digits, hyphens and underscores.")
  .overwrite(canonicalStoreId);
/** An ID that a store gets. */
export const NewStoreIdSchema = StoreIdSchema.refine(isNameable, {
  error: "Files read this as an empty field or a negative number. Choose another ID.",
});
export const InstantSchema = z.iso.datetime({ offset: true });
/** An instant in a request, in any spelling with a zone; `parseInstant` on the server parses it and reports errors. */
export const SentInstantSchema = z
  .string("Expected a timestamp such as 2023-01-25T18:13:22Z.")
  .max(100, "Too long for a timestamp.")
  .meta({ format: "date-time" });
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
  /** up / (up + down), exact; null when nothing is known. */
  uptime_ratio: Ratio,
  /** (up + down) / open; null when the store was not open. */
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

/** The state of the store at the as-of instant. */
export const StoreStateSchema = z.enum(storeStates);
export type StoreState = z.infer<typeof StoreStateSchema>;
export const ListedStateSchema = z.enum(listedStates);
export type ListedState = z.infer<typeof ListedStateSchema>;
export const LifecycleSchema = z.enum(lifecycles);

/** One poll, as stored. */
export const PollSchema = z.object({ at: InstantSchema, status: z.enum(["active", "inactive"]) });

/** A segment of open time in one state, with the polls that decide it. The segments of a state sum to its figure, to the ms. */
export const SegmentSchema = z.object({
  start: InstantSchema,
  end: InstantSchema,
  state: z.enum(["up", "down", "unknown"]),
  /** The poll that decides it. */
  poll: PollSchema.nullable(),
  /** `beyond_reach`: the opening's nearest poll is too far away. `no_poll`: the opening has none nearby. */
  rule: z.enum(["nearest_poll", "beyond_reach", "no_poll"]),
  /** `half_way` between two polls, at the end of a poll's `reach`, where the store opens or closes, or at a cut. */
  starts_at: z.enum(["opening", "half_way", "reach", "window"]),
  ends_at: z.enum(["closing", "half_way", "reach", "window"]),
});
export type Segment = z.infer<typeof SegmentSchema>;

/** `GET /api/v1/stores/{id}/uptime?window=`: the three windows, and the chosen one in buckets cut at local times. */
export const StoreUptimeSchema = z.object({
  store_id: StoreIdSchema,
  as_of: InstantSchema,
  method: z.literal("interpolated"),
  time_zone: z.string(),
  /** Of `time_zone`, over the instants in this response and 400 days around them. */
  clock: ZoneClockSchema,
  windows: z.object({ hour: EstimateSchema, day: EstimateSchema, week: EstimateSchema }),
  /** The window of the same length before each; null when nothing is known of it. */
  previous: z.object({
    hour: EstimateSchema.nullable(),
    day: EstimateSchema.nullable(),
    week: EstimateSchema.nullable(),
  }),
  window: WindowNameSchema,
  /** Ascending, without gaps, from the window's start to `as_of`; they sum to the window to the millisecond. */
  buckets: z.array(BucketSchema),
  /** Of the chosen window, with `explain=segments`. */
  segments: z.array(SegmentSchema).optional(),
  /** With segments: for the ones after these. Null: these are the last. */
  next_cursor: z.string().nullable().optional(),
});
export type StoreUptime = z.infer<typeof StoreUptimeSchema>;
