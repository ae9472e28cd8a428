import { z } from "zod";
import { ValidFromSchema, WeeklyRowSchema } from "./store-edit";
import { EstimateSchema, InstantSchema, StoreIdSchema } from "./uptime";

const timeZone = z
  .string()
  .max(80)
  .nullable()
  .describe("A tz database name, case-insensitive; null: none is given, and America/Chicago is assumed.");

const weeklyRows = z
  .array(WeeklyRowSchema)
  .min(1)
  .max(350)
  .nullable()
  .describe("All weekly hours. A day without a row is closed; null: none are given, and the store is open 24/7.");

/** The maximum number of dates on which a store's hours change. */
export const mostHoursChanges = 200;

/** `GET /api/v1/stores/{id}/hours`: what was given, latest hours first, as they are sent with PUT. */
export const StoreHoursSchema = z.object({
  store_id: StoreIdSchema,
  time_zone: timeZone,
  valid_from: z.iso.date().nullable().describe("The first local date on which the hours apply; null: the beginning."),
  business_hours: weeklyRows,
  earlier: z
    .array(z.object({ valid_from: z.iso.date().nullable(), valid_before: z.iso.date(), business_hours: weeklyRows }))
    .max(mostHoursChanges)
    .describe("The hours that applied before, oldest first. `valid_before`: the date on which the next ones start."),
});
export type StoreHours = z.infer<typeof StoreHoursSchema>;

const given = { time_zone: timeZone, business_hours: weeklyRows, valid_from: ValidFromSchema.optional() };

/** Body of `PUT /api/v1/stores/{id}/hours` and of its preview: replaces both. */
export const PutStoreHoursSchema = z.strictObject(given);
export type PutStoreHours = z.infer<typeof PutStoreHoursSchema>;

/** The maximum number of stores whose hours are set at once. */
const mostStoresWithHours = 500;

/** Body of `PUT /api/v1/hours`. */
export const PutHoursSchema = z.strictObject({
  stores: z
    .array(
      z.strictObject({
        store_id: StoreIdSchema,
        ...given,
        etag: z
          .string()
          .max(100)
          .optional()
          .describe("The ETag that you read: refused if the store has changed since."),
      }),
    )
    .min(1)
    .max(mostStoresWithHours)
    .describe("Each store once. All of them are changed, or none."),
});
export type PutHours = z.infer<typeof PutHoursSchema>;

/** `PUT /api/v1/hours`, in the order of the request. */
export const HoursListSchema = z.object({
  stores: z.array(StoreHoursSchema.extend({ etag: z.string() })),
});
export type HoursList = z.infer<typeof HoursListSchema>;

/** `POST /api/v1/stores/{id}/hours/preview`: the figures of the last 7 days with the stored hours and with those sent. */
export const HoursPreviewSchema = z.object({
  store_id: StoreIdSchema,
  as_of: InstantSchema,
  before: EstimateSchema,
  after: EstimateSchema,
});
export type HoursPreview = z.infer<typeof HoursPreviewSchema>;
