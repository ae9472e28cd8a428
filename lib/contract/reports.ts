import { z } from "zod";
import { EstimateSchema, InstantSchema, MethodSchema, SentInstantSchema, StoreIdSchema } from "./uptime";
import { fleetFilters, FilterSchema } from "./fleet-filters";
import { pageQuery } from "./page";

/** Release of the tz database used for figures; null when none was recorded. */
const TzRelease = z.string().nullable();

/** Body of `POST /api/v1/reports`: exactly one of `store_id`, `store_ids`, `filter` and `scope`. */
export const CreateReportSchema = z
  .strictObject({
    store_id: StoreIdSchema.optional(),
    store_ids: z.array(StoreIdSchema).min(1).max(10_000).optional(),
    filter: FilterSchema.optional().describe(
      "The stores that match now, as `GET /api/v1/stores` lists them. Paused stores only with `state=paused`, retired ones only with `state=retired`.",
    ),
    scope: z.literal("fleet").optional(),
    as_of: SentInstantSchema.optional(),
    method: MethodSchema.default("interpolated"),
  })
  .refine(({ store_id: id, store_ids: ids, filter, scope }) => [id, ids, filter, scope].filter(Boolean).length === 1, {
    error: "Give exactly one of store_id, store_ids, filter and scope.",
  });
export type CreateReport = z.infer<typeof CreateReportSchema>;

/** Query of `GET /store/{id}/trigger_report/`; the default is its original method. */
export const TriggerReportQuerySchema = z.strictObject({ method: MethodSchema.default("poll_count") });

/** Query of `POST /store/get_report/`: the method of the report, to make sure that it is the expected one. */
export const GetReportQuerySchema = z.strictObject({ method: MethodSchema.optional() });

/** `GET /api/v1/reports/{id}`. */
export const ReportSchema = z.object({
  id: z.int().positive(),
  state: z.enum(["queued", "running", "complete", "failed"]),
  scope: z.enum(["store", "stores", "fleet"]),
  /** For a report of one store. */
  store_id: StoreIdSchema.nullable(),
  filter: z.strictObject(fleetFilters).nullable().describe("The filter that selected the stores; null: none did."),
  method: MethodSchema,
  as_of: InstantSchema,
  /** Release of the tz database used for it; null until complete, and when none was recorded. */
  tz_release: z.string().nullable(),
  progress: z.object({
    stores_done: z.int().min(0),
    stores_total: z.int().min(0).nullable(),
    /** Reports that wait before this one; null when it is not waiting. */
    queued_before: z.int().min(0).nullable(),
    /** Until it is complete; null when unknown. */
    seconds_left: z.int().min(0).nullable(),
  }),
  attempts: z.int().min(0),
  /** Its owner: `person:7`, `key:abcd2345`, or `open` in open mode; with the name, if there is one. */
  requested_by: z.object({ account: z.string(), name: z.string().nullable() }),
  created_at: InstantSchema,
  started_at: InstantSchema.nullable(),
  finished_at: InstantSchema.nullable(),
  failure: z.object({ code: z.string(), reason: z.string() }).nullable(),
  links: z.object({ self: z.string(), csv: z.string(), ndjson: z.string() }),
});
export type Report = z.infer<typeof ReportSchema>;

/** Query of `GET /api/v1/reports`. */
export const ReportListQuerySchema = z.strictObject({
  ...pageQuery,
});
export type ReportListQuery = z.infer<typeof ReportListQuerySchema>;

/** `GET /api/v1/reports`: requested reports, newest first. */
export const ReportListSchema = z.object({ reports: z.array(ReportSchema), next_cursor: z.string().nullable() });
export type ReportList = z.infer<typeof ReportListSchema>;

export const PollCountSchema = z.object({
  uptime: z.number().min(0),
  downtime: z.number().min(0),
  unit: z.enum(["minutes", "hours"]),
});

const perWindow = <T extends z.ZodType>(value: T) => ({ hour: value, day: value, week: value });

/** One line of `GET /api/v1/reports/{id}.ndjson`. */
export const ReportLineSchema = z.discriminatedUnion("method", [
  z.object({
    store_id: StoreIdSchema,
    method: z.literal("interpolated"),
    as_of: InstantSchema,
    tz_release: TzRelease,
    ...perWindow(EstimateSchema),
  }),
  z.object({
    store_id: StoreIdSchema,
    method: z.literal("poll_count"),
    as_of: InstantSchema,
    tz_release: TzRelease,
    ...perWindow(PollCountSchema),
  }),
]);
export type ReportLine = z.infer<typeof ReportLineSchema>;

/** Response of `POST /store/get_report/`. */
export const LegacyReportSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("Running") }),
  z.object({
    status: z.literal("Complete"),
    report_url: z.url(),
    /** For a report of one store. */
    last_one_hour_data: PollCountSchema.optional(),
    last_one_day_data: PollCountSchema.optional(),
    last_one_week_data: PollCountSchema.optional(),
    method: MethodSchema,
    as_of: InstantSchema,
  }),
  z.object({ status: z.literal("Failed"), code: z.string(), reason: z.string() }),
]);
export type LegacyReport = z.infer<typeof LegacyReportSchema>;
