import { z } from "zod";
import {
  BucketSchema,
  EstimateSchema,
  InstantSchema,
  SentInstantSchema,
  PollSchema,
  SegmentSchema,
  StoreIdSchema,
  StoreUptimeSchema,
  WindowNameSchema,
} from "./uptime";
import { csvQuery } from "./csv-query";
import { pageCursor, pageQuery } from "./page";
import { checkRange, periodNames, rangeQuery, type RangeInput } from "./period";
import { ZoneClockSchema } from "./zone-clock";

/** One store over any range: `[from, to)`, cut at `as_of`. */

const Duration = z.int().min(0);

const AsOf = SentInstantSchema.optional().describe(
  "Ignores polls after it; no range ends after it. Default: the latest poll.",
);

/** For a query of which the range is all that can be wrong. */
function rangeIsClear({ value, issues }: z.core.ParsePayload<RangeInput>): void {
  checkRange(value, (name, message) => {
    issues.push({ code: "custom", input: value, path: [name], message });
  });
}

/** Query of `GET /api/v1/stores/{id}/uptime`: a window, or a range. */
export const StoreUptimeQuerySchema = z
  .strictObject({
    window: WindowNameSchema.optional().describe("The window, ending at as_of. Default: week."),
    ...rangeQuery,
    from: SentInstantSchema.optional().describe("Start of a range instead of a window; at most 400 days."),
    bucket: z
      .enum(["hour", "day", "week"])
      .optional()
      .describe("Size of the parts of a range, in local time; weeks begin on Monday. Default: day."),
    explain: z.literal("segments").optional().describe("Adds the segments with the polls that decided them."),
    as_of: AsOf,
    cursor: pageCursor,
  })
  .check(({ value, issues }) => {
    const wrong = (name: keyof typeof value, message: string): void => {
      issues.push({ code: "custom", input: value, path: [name], message });
    };
    if (value.cursor !== undefined && value.explain === undefined) wrong("cursor", "cursor needs explain=segments.");
    checkRange(value, wrong);
    if (isRange(value)) {
      if (value.window !== undefined) wrong("window", "Send window or a range, not both.");
      return;
    }
    if (value.to !== undefined) wrong("to", "to needs from.");
    if (value.bucket !== undefined) wrong("bucket", "bucket needs a range.");
  });
export type StoreUptimeQuery = z.infer<typeof StoreUptimeQuerySchema>;

/** Whether a query of uptime asks for a range, rather than for the three windows. */
export function isRange({ from, period, from_date }: Pick<StoreUptimeQuery, "from" | "period" | "from_date">): boolean {
  return from !== undefined || period !== undefined || from_date !== undefined;
}

/** Query of `GET /api/v1/stores/{id}/uptime.csv`. */
export const StoreUptimeCsvQuerySchema = z
  .strictObject({
    ...rangeQuery,
    bucket: z.enum(["hour", "day", "week"]).optional().describe("Size of the rows, in local time. Default: day."),
    as_of: AsOf,
    ...csvQuery,
  })
  .check(rangeIsClear);
export type StoreUptimeCsvQuery = z.infer<typeof StoreUptimeCsvQuerySchema>;

/** `GET /api/v1/stores/{id}/uptime` with a range. */
export const StoreRangeUptimeSchema = z.object({
  store_id: StoreIdSchema,
  as_of: InstantSchema,
  method: z.literal("interpolated"),
  time_zone: z.string(),
  /** Of `time_zone`, over the instants in this response and 400 days around them. */
  clock: ZoneClockSchema,
  from: InstantSchema,
  to: InstantSchema,
  /** As it was asked for; null for a range of instants or dates. */
  period: z.enum(periodNames).nullable(),
  estimate: EstimateSchema,
  /**
   * The range before it, of the same length; for a month the month before, for dates as many dates before. Null when
   * nothing is known of it.
   */
  previous: EstimateSchema.nullable(),
  previous_from: InstantSchema,
  previous_to: InstantSchema,
  bucket: z.enum(["hour", "day", "week"]),
  /** Ascending, without gaps; they sum to `estimate`. */
  buckets: z.array(BucketSchema),
  segments: z.array(SegmentSchema).optional(),
  /** With segments: for the ones after these. Null: these are the last. */
  next_cursor: z.string().nullable().optional(),
});
export type StoreRangeUptime = z.infer<typeof StoreRangeUptimeSchema>;

/** `GET /api/v1/stores/{id}/uptime`, either form. */
export const StoreUptimeAnswerSchema = z.union([StoreUptimeSchema, StoreRangeUptimeSchema]);

/** Query of `GET /api/v1/stores/{id}/timeline`. */
export const StoreTimelineQuerySchema = z
  .strictObject({
    ...rangeQuery,
    from: SentInstantSchema.optional().describe(
      "Start of the range; at most 35 days before its end. Default: 7 days before it.",
    ),
    to_date: rangeQuery.to_date.describe("Last local date, included; at most 35 dates. Default: that of as_of."),
    as_of: AsOf,
    cursor: pageCursor,
  })
  .check(rangeIsClear);
export type StoreTimelineQuery = z.infer<typeof StoreTimelineQuerySchema>;

/**
 * `GET /api/v1/stores/{id}/timeline`: the data of a strip. A page has up to 12,000 segments and as many polls; a
 * segment is completely on the page on which it starts.
 */
export const StoreTimelineSchema = z.object({
  store_id: StoreIdSchema,
  as_of: InstantSchema,
  time_zone: z.string(),
  /** Of `time_zone`, over the instants in this response and 400 days around them. */
  clock: ZoneClockSchema,
  from: InstantSchema,
  to: InstantSchema,
  /** Ascending, without gaps, neighbours always different. */
  segments: z.array(
    z.object({ start: InstantSchema, end: InstantSchema, state: z.enum(["up", "down", "unknown", "closed"]) }),
  ),
  /** Every poll of the range, ascending; those outside business hours decide nothing. */
  polls: z.array(PollSchema.extend({ in_hours: z.boolean() })),
  next_cursor: z.string().nullable().describe("For the next page; null on the last."),
});
export type StoreTimeline = z.infer<typeof StoreTimelineSchema>;

export const StoreHeatmapQuerySchema = z.strictObject({
  from: SentInstantSchema.optional().describe(
    "Start of the range; at most 400 days before its end. Default: 28 days before it.",
  ),
  to: rangeQuery.to,
  as_of: AsOf,
});

/** `GET /api/v1/stores/{id}/heatmap`. */
export const StoreHeatmapSchema = z.object({
  store_id: StoreIdSchema,
  as_of: InstantSchema,
  time_zone: z.string(),
  /** Of `time_zone`, over the instants in this response and 400 days around them. */
  clock: ZoneClockSchema,
  from: InstantSchema,
  to: InstantSchema,
  /** The 168 hours of the local week, Monday (0) 0:00 first, summed over the range. */
  hours: z.array(
    z.object({
      day: z.int().min(0).max(6),
      hour: z.int().min(0).max(23),
      open_ms: Duration,
      up_ms: Duration,
      down_ms: Duration,
      unknown_ms: Duration,
      polls: z.int().min(0),
    }),
  ),
});
export type StoreHeatmap = z.infer<typeof StoreHeatmapSchema>;

/** Query of `GET /api/v1/stores/{id}/incidents`. */
export const StoreIncidentsQuerySchema = z
  .strictObject({
    ...rangeQuery,
    from: SentInstantSchema.optional().describe(
      "Incidents that end after it; at most 400 days before `to`. Default: 7 days before it.",
    ),
    to: SentInstantSchema.optional().describe("Incidents that start before it. Default: as_of."),
    as_of: AsOf,
    ...pageQuery,
  })
  .check(rangeIsClear);
export type StoreIncidentsQuery = z.infer<typeof StoreIncidentsQuerySchema>;

/** A run of inactive polls without an active one in between, over closed and unknown time. */
export const IncidentSchema = z.object({
  start: InstantSchema,
  end: InstantSchema,
  /** The change lies between two polls: the earliest and latest time at which it can have happened. */
  /** Null when no poll and no opening before it bounds it. */
  start_earliest: InstantSchema.nullable(),
  start_latest: InstantSchema,
  end_earliest: InstantSchema,
  /** Null while it is ongoing. */
  end_latest: InstantSchema.nullable(),
  /** Its downtime: closed and unknown time do not count. */
  down_ms: Duration,
  polls: z.int().min(1),
  ongoing: z.boolean(),
});

/** `GET /api/v1/stores/{id}/incidents`, newest first. */
export const StoreIncidentsSchema = z.object({
  store_id: StoreIdSchema,
  as_of: InstantSchema,
  time_zone: z.string(),
  /** Of `time_zone`, over the instants in this response and 400 days around them. */
  clock: ZoneClockSchema,
  from: InstantSchema,
  to: InstantSchema,
  incidents: z.array(IncidentSchema),
  /** Incidents of the whole range. */
  total: z.int().min(0),
  next_cursor: z.string().nullable(),
});
export type StoreIncidents = z.infer<typeof StoreIncidentsSchema>;
