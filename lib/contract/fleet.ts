import { z } from "zod";
import { rollupKinds } from "./enums";
import { fleetFilters } from "./fleet-filters";
import { BucketSchema, EstimateSchema, InstantSchema } from "./uptime";

const Ratio = z.number().min(0).max(1).nullable();

/** A gap in which no store was polled: the state of stores in it is unknown. */
export const PollGapSchema = z.object({ start: InstantSchema, end: InstantSchema });

/** Query of `GET /api/v1/fleet`. */
export const FleetQuerySchema = z.strictObject(fleetFilters);
export type FleetQuery = z.infer<typeof FleetQuerySchema>;

/** `GET /api/v1/fleet`: all stores together, or those of a filter, as of the newest snapshot. Null, and zero, before the first one. */
export const FleetSchema = z.object({
  /** `none`: there are no data, so there is nothing to compute. `pending`: the first snapshot is being computed. */
  snapshot: z.enum(["none", "pending", "ready"]),
  /**
   * Null before the first poll: then no state of any store is known, and `as_of` is when the snapshot was requested.
   */
  newest_poll_at: InstantSchema.nullable(),
  as_of: InstantSchema.nullable(),
  computed_at: InstantSchema.nullable(),
  /** Release of the tz database used for the snapshot; null when none was recorded. */
  tz_release: z.string().nullable(),
  stores: z.int().min(0),
  /** Of the stores that match all of the filter but its state. */
  counts: z.object({
    online: z.int().min(0),
    offline: z.int().min(0),
    closed: z.int().min(0),
    no_recent_check: z.int().min(0),
  }),
  /** Stores that match the filter but are not counted. */
  paused: z.int().min(0),
  retired: z.int().min(0),
  /** Sums over all stores; ratios are ratios of the sums. */
  windows: z.object({ hour: EstimateSchema, day: EstimateSchema, week: EstimateSchema }).nullable(),
  /** Of the median store, among those with known time. */
  median_uptime_ratio: z.object({ hour: Ratio, day: Ratio, week: Ratio }),
  /** Longer than two expected intervals (2 hours), ascending; the first may start up to a day before the week. */
  polling_gaps: z.array(PollGapSchema),
  /**
   * The week in whole hours of UTC, summed over all stores; the share of offline is down / (up + down). Empty with a
   * filter.
   */
  hours: z.array(BucketSchema),
});
export type Fleet = z.infer<typeof FleetSchema>;

const LabelCount = z.object({ label: z.string(), stores: z.int().positive() });

/** `GET /api/v1/fleet/labels`: values for filtering stores, the most frequent first, at most 200 of each. */
export const FleetLabelsSchema = z.object({
  brands: z.array(LabelCount),
  groups: z.array(LabelCount),
  tags: z.array(LabelCount),
});
export type FleetLabels = z.infer<typeof FleetLabelsSchema>;

/** Query of `GET /api/v1/fleet/rollups`. */
export const RollupQuerySchema = z.strictObject({
  by: z.enum(rollupKinds).default("brand").describe("What stores are grouped by."),
});

/** `GET /api/v1/fleet/rollups`: stores by label, the most frequent first, at most 500 labels. A store counts for each of its tags. */
export const RollupsSchema = z.object({
  /** Null before the first snapshot. */
  as_of: InstantSchema.nullable(),
  by: z.enum(rollupKinds),
  /** How many labels there are, among them those left out beyond 500. */
  matching: z.int().min(0),
  rollups: z.array(
    z.object({
      /** Null: stores without one. */
      label: z.string().nullable(),
      stores: z.int().positive(),
      offline: z.int().min(0),
      /** Sums over its stores; ratios are ratios of the sums. */
      windows: z.object({ hour: EstimateSchema, day: EstimateSchema, week: EstimateSchema }),
    }),
  ),
});
export type Rollups = z.infer<typeof RollupsSchema>;
