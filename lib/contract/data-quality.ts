import { z } from "zod";
import { PollGapSchema } from "./fleet";
import { InstantSchema, StoreIdSchema } from "./uptime";
import { pageQuery } from "./page";

/** The lists of missing, contradictory or unusual data. */
export const qualityLists = [
  "without_hours",
  "without_zone",
  "without_polls",
  "only_in_polls",
  "kept_hours",
  "shifted_days",
  "overlapping_nights",
  "missing_day",
  "single_full_day",
  "conflicts",
  "future_polls",
] as const;
export const QualityListNameSchema = z.enum(qualityLists);
export type QualityListName = z.infer<typeof QualityListNameSchema>;

const Count = z.int().min(0);

/** `GET /api/v1/data-quality`. */
export const DataQualitySchema = z.object({
  as_of: InstantSchema,
  stores: Count,
  /** Entries of each list. */
  counts: z.object({
    /** Treated as always open. */
    without_hours: Count,
    /** Treated as stores in America/Chicago. */
    without_zone: Count,
    without_polls: Count,
    /** Neither hours nor a zone, but polls. */
    only_in_polls: Count,
    /** The last file with their hours had a rejected row, so they keep the hours of before. */
    kept_hours: Count,
    /** That file had days outside 0 to 6 beside days inside for them. */
    shifted_days: Count,
    /** A night and the hours of the next day overlap; their union counts. */
    overlapping_nights: Count,
    /** Hours on six days and nothing for the seventh, which counts as closed. */
    missing_day: Count,
    /** Open round the clock on one day only. */
    single_full_day: Count,
    /** Instants with polls of both statuses for one store; inactive won. */
    conflicts: Count,
    /** Polls ahead of the clock: they count when their time comes, and can be removed. */
    future_polls: Count,
  }),
  /** Stores with polls ahead of the clock. */
  future_stores: Count,
  /** Gaps of the week in which no store was polled; null before the first snapshot. */
  polling_gaps: z.array(PollGapSchema).nullable(),
  /** When other time zone rules came into use, newest first, in the last 90 days. */
  zone_rule_changes: z.array(
    z.object({
      at: InstantSchema,
      /** Releases of the tz database; null when figures were computed before releases were recorded. */
      from_release: z.string().nullable(),
      to_release: z.string(),
      /** Zones of stores whose offsets changed. */
      zones: z.array(z.object({ time_zone: z.string(), stores: Count })),
    }),
  ),
});
export type DataQuality = z.infer<typeof DataQualitySchema>;

/** Query of `GET /api/v1/data-quality/{list}`. */
export const QualityListQuerySchema = z.strictObject({
  ...pageQuery,
});
export type QualityListQuery = z.infer<typeof QualityListQuerySchema>;

/** `GET /api/v1/data-quality/{list}`, ascending by store id. */
export const QualityListSchema = z.object({
  list: QualityListNameSchema,
  /** `at`: the instant of a conflict or of a poll ahead of the clock. */
  entries: z.array(z.object({ store_id: StoreIdSchema, name: z.string().nullable(), at: InstantSchema.nullable() })),
  next_cursor: z.string().nullable(),
});
export type QualityList = z.infer<typeof QualityListSchema>;
