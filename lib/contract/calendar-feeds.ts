import { z } from "zod";
import { CalendarPreviewSchema, feedSource, hasOneSource, oneSource, validFrom } from "./calendars";
import { InstantSchema } from "./uptime";

/** Body of `PUT /api/v1/calendars/{calendar_id}/feed`. */
export const PutFeedSchema = z
  .strictObject({
    ...feedSource,
    valid_from: validFrom.optional(),
  })
  .refine(hasOneSource, oneSource);
export type PutFeed = z.infer<typeof PutFeedSchema>;

export const CalendarFeedSchema = z.object({
  calendar_id: z.int().positive(),
  source: z.enum(["file", "address"]),
  url: z.string().nullable(),
  meaning: z.enum(["closed", "open"]),
  time_zone: z.string().nullable().describe("As it was set."),
  valid_from: z.iso.date().describe("The first date to which the feed applies; 2000-01-01 is the beginning."),
  dates: CalendarPreviewSchema.shape.dates.describe("The first dates from the date of the newest poll on."),
  total_dates: z.int().min(0).describe("Number of dates from a year before the newest poll to two years after it."),
  warnings: z
    .array(z.object({ line: z.int().min(1), title: z.string(), reason: z.string() }))
    .max(100)
    .describe("Events that were left out: the first hundred."),
  warning_count: z.int().min(0),
  last_read_at: InstantSchema.nullable().describe("The last successful attempt. Null: not yet."),
  last_changed_at: InstantSchema.nullable().describe("When a changed calendar was last read."),
  last_error: z
    .string()
    .nullable()
    .describe("Why the last attempt failed; the dates of the one before stay. Null: it succeeded."),
  last_error_at: InstantSchema.nullable(),
  next_read_at: InstantSchema,
});
export type CalendarFeed = z.infer<typeof CalendarFeedSchema>;
