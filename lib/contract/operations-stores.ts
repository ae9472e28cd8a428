import { json, type JsonContent, type Operation, type OperationResponse } from "./operation";
import { etagHeader, ifNoneMatchHeader, linkHeader, notModified, storeIdParameter } from "./operation-parameters";
import {
  EditStoreSchema,
  ExceptionsSetSchema,
  LocalDateSchema,
  PutExceptionSchema,
  PutExceptionsSchema,
  ScheduleExceptionListSchema,
  ScheduleExceptionSchema,
  ScheduleExceptionsQuerySchema,
} from "./store-edit";
import { ChangeStoresSchema, StoresChangedSchema } from "./store-changes";
import {
  SelectedStoresCsvSchema,
  StoreCsvQuerySchema,
  StoreDetailSchema,
  StoreListQuerySchema,
  StoreListSchema,
} from "./stores";
import { needs } from "./scopes";

const store = "/api/v1/stores/8419537941919820732";

const read = (description: string, content: JsonContent, headers = {}): readonly OperationResponse[] => [
  { status: 200, description, content, headers: { ...etagHeader, ...headers } },
  notModified,
];

const filterErrors = [
  "invalid_sort",
  "invalid_state",
  "invalid_preset",
  "invalid_brand",
  "invalid_group",
  "invalid_time_zone",
  "invalid_tag",
];

const noStore = ["invalid_store_id", "store_not_found"];

const dateParameter = {
  ...storeIdParameter,
  date: { schema: LocalDateSchema, description: "A local date of the store, YYYY-MM-DD." },
};

const storesCsv: readonly OperationResponse[] = [
  {
    status: 200,
    description: "The rows.",
    content: {
      mediaType: "text/csv",
      example:
        "store_id,name,brand,group,state,state_since_utc,last_poll_at_utc,uptime_last_hour_percent,uptime_last_day_percent,uptime_last_week_percent,downtime_last_hour_minutes,downtime_last_day_hours,downtime_last_week_hours,coverage_last_hour_percent,coverage_last_day_percent,coverage_last_week_percent,as_of_utc,tags,time_zone,lifecycle\n8419537941919820732,Main Street,Example Pizza,North,online,2026-01-28T15:00:00.000Z,2026-01-28T20:00:00.000Z,100.00,91.66,91.66,0.00,1.00,7.00,100.00,100.00,100.00,2026-01-28T20:00:00.000Z,drive-thru;late,America/New_York,active",
    },
    headers: { "Content-Disposition": "A file name with the as-of time." },
  },
];

/** Stores, their details and their schedules. */
export const storeOperations: readonly Operation[] = [
  {
    id: "listStores",
    access: needs.storesRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/stores",
    summary: "List stores",
    description:
      "As of the latest fleet snapshot, lowest uptime first by default. Later pages use the snapshot of the first, so no store is repeated or missed.",
    query: StoreListQuerySchema,
    headers: ifNoneMatchHeader,
    responses: read("One page.", json("StoreList", StoreListSchema), linkHeader),
    errors: ["invalid_cursor", "invalid_limit", ...filterErrors],
    example: "/api/v1/stores?sort=-down_week&limit=2",
  },
  {
    id: "changeStores",
    access: needs.storesWrite,
    tag: "Stores",
    method: "PATCH",
    path: "/api/v1/stores",
    summary: "Update several stores",
    description:
      "Tags, brand, group, weekly hours, who may see them, and whether stores are counted: of up to 5,000 stores, given by ID or by a filter. Returns a result per store. A store that cannot be changed is refused and named; the others are changed together. 404 only if none of the IDs is known, 403 only if none of the stores may be changed.",
    body: {
      content: json("ChangeStores", ChangeStoresSchema),
      example: { store_ids: ["8419537941919820732"], add_tags: ["drive-thru"], lifecycle: "active" },
    },
    responses: [
      { status: 200, description: "The result per store.", content: json("StoresChanged", StoresChangedSchema) },
    ],
    errors: [
      ...[
        "invalid_store_id",
        "store_not_found",
        "store_id_must_be_string",
        "invalid_filter",
        "invalid_state",
        "invalid_preset",
      ],
      ...["invalid_brand", "invalid_group", "invalid_tag", "invalid_add_tags", "invalid_remove_tags"],
      ...["invalid_lifecycle", "invalid_hours", "invalid_valid_from", "no_snapshot", "too_many_stores"],
      ...["person_not_found", "not_an_owner"],
    ],
    example: "/api/v1/stores",
  },
  {
    id: "downloadStoresCsv",
    access: needs.storesRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/stores.csv",
    summary: "Export stores (CSV)",
    description:
      "All stores that match the filters, in the requested order, as of the latest fleet snapshot. RFC 4180, UTF-8, units in the header. Unknown values are empty. Safe to open in a spreadsheet: nothing runs as a formula. Edited, it can be uploaded as a file of stores: name, brand, group, tags, time_zone and lifecycle are read, the other columns ignored.",
    query: StoreCsvQuerySchema,
    responses: storesCsv,
    errors: ["no_snapshot", "invalid_bom", "rate_limited", ...filterErrors],
    example: "/api/v1/stores.csv?preset=needs_attention&sort=-down_week",
  },
  {
    id: "downloadSelectedStoresCsv",
    access: needs.storesRead,
    tag: "Stores",
    method: "POST",
    path: "/api/v1/stores.csv",
    summary: "Export selected stores (CSV)",
    description: "Like the export of a filter, of up to 5,000 stores by ID. Changes nothing.",
    body: {
      content: json("SelectedStoresCsv", SelectedStoresCsvSchema),
      example: { store_ids: ["8419537941919820732"], sort: "name" },
    },
    responses: storesCsv,
    errors: [...noStore, "store_id_must_be_string", "invalid_sort", "invalid_bom", "no_snapshot", "rate_limited"],
    example: "/api/v1/stores.csv",
  },
  {
    id: "getStore",
    access: needs.storesRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/stores/{store_id}",
    summary: "Get a store",
    pathParameters: storeIdParameter,
    headers: ifNoneMatchHeader,
    responses: read("The store.", json("StoreDetail", StoreDetailSchema)),
    errors: [...noStore, "too_many_polls"],
    example: store,
  },
  {
    id: "editStore",
    access: needs.storesWrite,
    tag: "Stores",
    method: "PATCH",
    path: "/api/v1/stores/{store_id}",
    summary: "Update a store",
    description:
      "Name, address, time zone, weekly hours and more. Omitted fields stay the same; null or an empty string clears a value. The ID never changes.",
    pathParameters: storeIdParameter,
    body: {
      content: json("EditStore", EditStoreSchema),
      example: { name: "Burger Corner, Main Street", brand: "Burger Corner", url: "https://burger.example/main" },
    },
    responses: [{ status: 200, description: "The store.", content: json("StoreDetail", StoreDetailSchema) }],
    errors: [
      ...noStore,
      "invalid_name",
      "invalid_brand",
      "invalid_group",
      "invalid_tags",
      "invalid_lifecycle",
      "invalid_url",
      "invalid_zone",
      "invalid_hours",
      "invalid_valid_from",
      "too_many_hours_changes",
    ],
    example: store,
  },
  {
    id: "listExceptions",
    access: needs.storesRead,
    tag: "Stores",
    method: "GET",
    path: "/api/v1/stores/{store_id}/exceptions",
    summary: "List special hours",
    description:
      "The dates on which the weekly hours do not apply: special hours of the store, and the dates of its calendars where the store has none of its own.",
    pathParameters: storeIdParameter,
    query: ScheduleExceptionsQuerySchema,
    headers: ifNoneMatchHeader,
    responses: read("One page, by date.", json("ScheduleExceptionList", ScheduleExceptionListSchema), linkHeader),
    errors: [...noStore, "invalid_from", "invalid_to", "invalid_cursor", "invalid_limit"],
    example: `${store}/exceptions`,
  },
  {
    id: "putException",
    access: needs.storesWrite,
    tag: "Stores",
    method: "PUT",
    path: "/api/v1/stores/{store_id}/exceptions/{date}",
    summary: "Set special hours",
    description: "Replaces the weekly hours on one date. No hours: closed. Figures are recalculated.",
    pathParameters: dateParameter,
    body: { content: json("PutException", PutExceptionSchema), example: { hours: [{ start: "10:00", end: "16:00" }] } },
    responses: [
      { status: 200, description: "The special hours.", content: json("ScheduleException", ScheduleExceptionSchema) },
    ],
    errors: [...noStore, "invalid_date", "invalid_hours"],
    example: `${store}/exceptions/2023-12-24`,
  },
  {
    id: "putExceptions",
    access: needs.storesWrite,
    tag: "Stores",
    method: "PUT",
    path: "/api/v1/exceptions",
    summary: "Set special hours of many dates and stores",
    description:
      "Replaces or, with null, restores the weekly hours on every date from one to another, for up to 500 stores: a season, a holiday. Figures are recalculated.",
    body: {
      content: json("PutExceptions", PutExceptionsSchema),
      example: { store_ids: ["8419537941919820732"], from: "2023-12-24", to: "2023-12-26", hours: [] },
    },
    responses: [{ status: 200, description: "Done.", content: json("ExceptionsSet", ExceptionsSetSchema) }],
    errors: [
      ...noStore,
      "invalid_from",
      "invalid_to",
      "invalid_range",
      "invalid_hours",
      "duplicate_store",
      "store_id_must_be_string",
    ],
    example: "/api/v1/exceptions",
  },
  {
    id: "removeException",
    access: needs.storesWrite,
    tag: "Stores",
    method: "DELETE",
    path: "/api/v1/stores/{store_id}/exceptions/{date}",
    summary: "Delete a special-hours date",
    pathParameters: dateParameter,
    responses: [{ status: 204, description: "Deleted; the weekly hours apply again." }],
    errors: [...noStore, "invalid_date", "exception_not_found"],
    example: `${store}/exceptions/2023-12-24`,
  },
];
