import { z } from "zod";
import { tagLimits } from "./enums";
import { pageQuery } from "./page";
import { TagSchema } from "./tag";
import { LifecycleSchema, StoreIdSchema } from "./uptime";

/** Text entered by people: trimmed, without control characters. Empty text clears the value, like null. */
const text = (longest: number) =>
  z
    .string()
    .max(1000)
    .transform((value) => value.replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, "").trim())
    .pipe(z.string().max(longest, `At most ${longest} characters.`))
    .transform((value) => (value === "" ? null : value))
    .nullable()
    .optional();

const isWebPage = (value: string | null | undefined): boolean => {
  if (value === null || value === undefined) return true;
  const { protocol } = URL.canParse(value) ? new URL(value) : { protocol: "" };
  return protocol === "http:" || protocol === "https:";
};

const dayReason = "Must be 0 (Monday) to 6 (Sunday).";
/** Longer than a time, so that what people write in its place gets a hint. */
const longestTime = 40;

/** A row of weekly hours: times, or a closed day. */
export const WeeklyRowSchema = z.strictObject({
  day: z.int(dayReason).min(0, dayReason).max(6, dayReason).describe("0 = Monday."),
  start: z.string().max(longestTime).optional().describe("Local time, HH:MM or HH:MM:SS."),
  end: z
    .string()
    .max(longestTime)
    .optional()
    .describe(
      "24:00 or 23:59 means midnight; earlier than start means the next day, and so does 24:01 to 48:00 (26:00 is 02:00).",
    ),
  closed: z.literal(true).optional().describe("Instead of times: closed on this day."),
});

/** A local date of the store. */
export const LocalDateSchema = z.iso.date().refine((date) => date >= "2000-01-01" && date < "2100-01-01", {
  error: "Must be a date from 2000 to 2099, like 2023-12-25.",
});

/** From which local date on weekly hours apply. */
export const ValidFromSchema = z
  .union([z.literal("beginning"), LocalDateSchema], { error: "Must be beginning, or a date like 2023-12-25." })
  .describe(
    "The local date from which the hours apply, or `beginning`. Figures of earlier days keep the hours of those days. A date cancels the changes after it. Default: the date of the newest poll in the store's zone, until the next change that is already planned; for a store without hours the beginning.",
  );

export const NameSchema = text(80);
export const BrandSchema = text(80);
export const GroupSchema = text(80);

/** Body of `PATCH /api/v1/stores/{id}`: omitted fields stay as they are. */
export const EditStoreSchema = z.strictObject({
  name: NameSchema.describe("At most 80 characters; null clears it."),
  brand: BrandSchema,
  group: GroupSchema.describe("Region, franchise or another grouping."),
  tags: z.array(TagSchema).max(tagLimits.count).optional().describe("All tags; in lower case."),
  lifecycle: LifecycleSchema.optional().describe(
    "`paused`: checks are stored, but the store is not counted in the fleet. `retired`: nor is it listed.",
  ),
  address: text(200),
  url: text(200).refine(isWebPage, "Must be a full URL starting with http:// or https://."),
  time_zone: z
    .string()
    .max(80)
    .nullable()
    .optional()
    .describe("A tz database name, case-insensitive; null: America/Chicago is assumed."),
  business_hours: z
    .array(WeeklyRowSchema)
    .min(1, "Give each day that is open, or closed: true for a closed one; null means open 24/7.")
    .max(350)
    .nullable()
    .optional()
    .describe("The complete weekly hours. A day without a row is closed; null: open 24/7."),
  valid_from: ValidFromSchema.optional(),
});
export type EditStore = z.infer<typeof EditStoreSchema>;

/** An opening of one date. */
export const HoursOfDaySchema = z.strictObject({
  start: z.string().max(longestTime).describe("Local time, HH:MM or HH:MM:SS."),
  end: z
    .string()
    .max(longestTime)
    .describe(
      "24:00 or 23:59 means midnight; earlier than start means the next day, and so does 24:01 to 48:00 (26:00 is 02:00).",
    ),
});

/** Body of `PUT /api/v1/stores/{id}/exceptions/{date}`. */
export const PutExceptionSchema = z.strictObject({
  hours: z.array(HoursOfDaySchema).max(50).describe("Replaces the weekly hours on that date. Empty: closed."),
});
export type PutException = z.infer<typeof PutExceptionSchema>;

/** The maximum number of openings that are set at once, over all dates and stores; a closed date counts as one. */
export const mostExceptions = 50_000;

/** Body of `PUT /api/v1/exceptions`. */
export const PutExceptionsSchema = z.strictObject({
  store_ids: z.array(StoreIdSchema).min(1).max(500).describe("All of these stores are changed, or none."),
  from: LocalDateSchema.describe("The first local date of each store."),
  to: LocalDateSchema.describe("The last local date, included."),
  hours: z
    .array(HoursOfDaySchema)
    .max(50)
    .nullable()
    .describe("Replaces the weekly hours on each of the dates. Empty: closed; null: the weekly hours apply again."),
});
export type PutExceptions = z.infer<typeof PutExceptionsSchema>;

/** `PUT /api/v1/exceptions`: how many stores and dates were set. */
export const ExceptionsSetSchema = z.object({ stores: z.int().min(1), dates: z.int().min(1) });
export type ExceptionsSet = z.infer<typeof ExceptionsSetSchema>;

/** One date with its own hours. */
export const ScheduleExceptionSchema = z.object({
  date: z.string(),
  closed: z.boolean(),
  /** Wall time `HH:MM:SS`, as in `business_hours` of a store. */
  hours: z.array(z.object({ start: z.string(), end: z.string() })),
  closed_hours: z
    .array(z.object({ start: z.string(), end: z.string() }))
    .optional()
    .describe("The part of the day that is closed; otherwise the weekly hours apply, and `hours` is empty."),
  calendar: z
    .object({ calendar: z.string(), name: z.string() })
    .optional()
    .describe("The calendar that the date comes from, and its name there. Absent: special hours of the store itself."),
});
export type ScheduleException = z.infer<typeof ScheduleExceptionSchema>;

/** Query of `GET /api/v1/stores/{id}/exceptions`. */
export const ScheduleExceptionsQuerySchema = z.strictObject({
  from: LocalDateSchema.optional().describe("First date to list. Default: all."),
  to: LocalDateSchema.optional().describe("Last date to list. Default: all; calendars go on until 2099."),
  ...pageQuery,
});
export type ScheduleExceptionsQuery = z.infer<typeof ScheduleExceptionsQuerySchema>;

/** `GET /api/v1/stores/{id}/exceptions`, ascending by date. */
export const ScheduleExceptionListSchema = z.object({
  store_id: StoreIdSchema,
  exceptions: z.array(ScheduleExceptionSchema),
  total: z.int().min(0).describe("Number of dates from `from` to `to`."),
  next_cursor: z.string().nullable().describe("For the next page; null on the last."),
});
export type ScheduleExceptionList = z.infer<typeof ScheduleExceptionListSchema>;
