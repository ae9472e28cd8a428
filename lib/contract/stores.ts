import { z } from "zod";
import { storeSorts } from "./enums";
import { fleetFilters } from "./fleet-filters";
import {
  EstimateSchema,
  InstantSchema,
  LifecycleSchema,
  ListedStateSchema,
  StoreIdSchema,
  StoreStateSchema,
} from "./uptime";
import { csvQuery } from "./csv-query";
import { pageQuery } from "./page";
import { ZoneClockSchema } from "./zone-clock";

const Ratio = z.number().min(0).max(1).nullable();
const Duration = z.int().min(0);
const perWindow = <T extends z.ZodType>(value: T) => z.object({ hour: value, day: value, week: value });

/** One row of the fleet list, as of its snapshot. */
export const StoreListItemSchema = z.object({
  store_id: StoreIdSchema,
  name: z.string().nullable(),
  brand: z.string().nullable(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  time_zone: z.string(),
  /** Paused and retired stores have no figures here. */
  state: ListedStateSchema,
  /** Since when it has been in this state, as far as polls tell. */
  state_since: InstantSchema.nullable(),
  last_poll_at: InstantSchema.nullable(),
  uptime_ratio: perWindow(Ratio),
  down_ms: perWindow(Duration),
  coverage: perWindow(Ratio),
});
export type StoreListItem = z.infer<typeof StoreListItemSchema>;

export const StoreSortSchema = z.enum(storeSorts);
export type StoreSort = z.infer<typeof StoreSortSchema>;

const filters = { ...fleetFilters, sort: StoreSortSchema.default("uptime_week") };

/** Query of `GET /api/v1/stores.csv`. */
export const StoreCsvQuerySchema = z.strictObject({
  ...filters,
  ...csvQuery,
});
export type StoreCsvQuery = z.infer<typeof StoreCsvQuerySchema>;

/** Body of `POST /api/v1/stores.csv`. */
export const SelectedStoresCsvSchema = z.strictObject({
  store_ids: z.array(StoreIdSchema).min(1).max(5_000).describe("The stores, also paused and retired ones."),
  sort: StoreSortSchema.default("uptime_week"),
  ...csvQuery,
});
export type SelectedStoresCsv = z.infer<typeof SelectedStoresCsvSchema>;

/** Query of `GET /api/v1/stores`. */
export const StoreListQuerySchema = z.strictObject({
  ...filters,
  ...pageQuery,
});
export type StoreListQuery = z.infer<typeof StoreListQuerySchema>;

export const StoreListSchema = z.object({
  /** Null while the first snapshot of the fleet is being computed; then `stores` is empty. */
  as_of: InstantSchema.nullable(),
  computed_at: InstantSchema.nullable(),
  /** Release of the tz database used for the snapshot; null when none was recorded. */
  tz_release: z.string().nullable(),
  /** Stores of the whole fleet by state, regardless of the filter. */
  counts: z.object({
    online: z.int(),
    offline: z.int(),
    closed: z.int(),
    no_recent_check: z.int(),
  }),
  /** Sums over the whole fleet; ratios are ratios of the sums. */
  fleet: z.object({ hour: EstimateSchema, day: EstimateSchema, week: EstimateSchema }).nullable(),
  stores: z.array(StoreListItemSchema),
  /** Stores that match the filters. */
  matching: z.int(),
  /** Of each time zone in `stores`, over the instants in this response. */
  clocks: z.array(ZoneClockSchema),
  next_cursor: z.string().nullable(),
});
export type StoreList = z.infer<typeof StoreListSchema>;

/** `GET /api/v1/stores/{id}`. */
export const StoreDetailSchema = z.object({
  store_id: StoreIdSchema,
  name: z.string().nullable(),
  brand: z.string().nullable(),
  group: z.string().nullable(),
  tags: z.array(z.string()),
  /** `paused`: not counted in figures of the fleet; `retired`: nor listed. Its own figures go on. */
  lifecycle: LifecycleSchema,
  lifecycle_since: InstantSchema.nullable(),
  address: z.string().nullable(),
  /** A web page about it, http or https. */
  url: z.string().nullable(),
  time_zone: z.string(),
  /** Of `time_zone`, from 400 days before `as_of` to 400 days after it or now, whichever is later. */
  clock: ZoneClockSchema,
  /** `assumed`: not given, so America/Chicago. */
  time_zone_source: z.enum(["given", "assumed"]),
  /** `assumed`: not given, so always open. */
  hours_source: z.enum(["given", "assumed"]),
  /** Wall time `HH:MM:SS`; an end of `24:00:00` is midnight, one before its start is on the next day. 0 = Monday. */
  business_hours: z.array(z.object({ day: z.int().min(0).max(6), start: z.string(), end: z.string() })),
  /** Days that are explicitly closed, 0 = Monday. A store with hours is closed on every day without rows. */
  closed_days: z.array(z.int().min(0).max(6)),
  /** The local dates from which these hours apply, and on which others start to; null: without end. */
  hours_valid_from: z.iso.date().nullable(),
  hours_valid_before: z.iso.date().nullable(),
  /** Those that apply now or later, in the order in which they apply, and by what each was given. */
  calendars: z.array(
    z.object({ id: z.int().positive(), name: z.string(), given_by: z.enum(["store", "group", "brand", "all"]) }),
  ),
  as_of: InstantSchema,
  state: StoreStateSchema,
  state_since: InstantSchema.nullable(),
  last_poll_at: InstantSchema.nullable(),
  /** The next opening after `as_of` of a store that is then closed, if within 400 days. */
  opens_at: InstantSchema.nullable(),
  /** Of a closed store that does not open within 400 days: their end. Null for one that is never open. */
  opens_not_before: InstantSchema.nullable(),
  /** When a store that is open at `as_of` closes, if within 8 days; null if it never does. */
  closes_at: InstantSchema.nullable(),
});
export type StoreDetail = z.infer<typeof StoreDetailSchema>;
