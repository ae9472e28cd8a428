import { z } from "zod";
import { PollGapSchema } from "./fleet";
import { InstantSchema, StoreIdSchema } from "./uptime";
import { pageQuery } from "./page";

/** The lists of what is missing or contradicts itself in the data. */
export const qualityLists = [
  "without_hours",
  "without_zone",
  "without_polls",
  "only_in_polls",
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
    /** Taken for open round the clock. */
    without_hours: Count,
    /** Taken for stores in America/Chicago. */
    without_zone: Count,
    without_polls: Count,
    /** Neither hours nor a zone, but polls. */
    only_in_polls: Count,
    /** Instants for which polls of one store said both; inactive won. */
    conflicts: Count,
    /** Polls ahead of the clock: they count when their time comes, and can be removed. */
    future_polls: Count,
  }),
  /** Stores with polls ahead of the clock. */
  future_stores: Count,
  /** Stretches of the week in which no store at all was polled; null before the first snapshot. */
  polling_gaps: z.array(PollGapSchema).nullable(),
  /** When figures began to be computed with other time zone rules, newest first, in the last 90 days. */
  zone_rule_changes: z.array(
    z.object({
      at: InstantSchema,
      /** Releases of the tz database; null where figures were computed before releases were noted. */
      from_release: z.string().nullable(),
      to_release: z.string(),
      /** Zones of stores whose offsets the change altered. */
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
  /** `at`: of a conflict and of a poll ahead of the clock, the instant. */
  entries: z.array(z.object({ store_id: StoreIdSchema, name: z.string().nullable(), at: InstantSchema.nullable() })),
  next_cursor: z.string().nullable(),
});
export type QualityList = z.infer<typeof QualityListSchema>;
