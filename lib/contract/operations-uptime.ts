import { DataQualitySchema, QualityListNameSchema, QualityListQuerySchema, QualityListSchema } from "./data-quality";
import { FleetLabelsSchema, FleetSchema } from "./fleet";
import { json, type JsonContent, type Operation, type OperationResponse } from "./operation";
import { etagHeader, ifNoneMatchHeader, linkHeader, notModified, storeIdParameter } from "./operation-parameters";
import {
  StoreHeatmapQuerySchema,
  StoreHeatmapSchema,
  StoreIncidentsQuerySchema,
  StoreIncidentsSchema,
  StoreTimelineQuerySchema,
  StoreTimelineSchema,
  StoreUptimeAnswerSchema,
  StoreUptimeQuerySchema,
} from "./store-history";
import { needs } from "./scopes";

const store = "/api/v1/stores/8419537941919820732";

const read = (description: string, content: JsonContent, headers = {}): readonly OperationResponse[] => [
  { status: 200, description, content, headers: { ...etagHeader, ...headers } },
  notModified,
];

const ofStore = { tag: "Uptime", method: "GET", pathParameters: storeIdParameter, headers: ifNoneMatchHeader } as const;
const rangeErrors = [
  "invalid_store_id",
  "store_not_found",
  "invalid_as_of",
  "invalid_from",
  "invalid_to",
  "invalid_range",
  "too_many_polls",
];

/** Computed figures: of one store, of the fleet, and of the data itself. */
export const uptimeOperations: readonly Operation[] = [
  {
    ...ofStore,
    id: "getStoreUptime",
    access: needs.storesRead,
    path: "/api/v1/stores/{store_id}/uptime",
    summary: "Get a store's uptime over a window or any range",
    description:
      "With `window`: the last hour, day and week, each with the window before it, and the chosen one in buckets. With `from`: any range up to 400 days. `explain=segments` adds the pieces of time with the polls that decided them; they sum to the figures to the millisecond. A response has up to 10,000 of them, and next_cursor for the others. A range with more than 2,000,000 polls is refused.",
    query: StoreUptimeQuerySchema,
    responses: read("The figures.", json("StoreUptime", StoreUptimeAnswerSchema), linkHeader),
    errors: [...rangeErrors, "invalid_cursor", "invalid_window", "invalid_bucket", "invalid_explain"],
    example: `${store}/uptime?window=day&explain=segments`,
  },
  {
    ...ofStore,
    id: "getStoreTimeline",
    access: needs.storesRead,
    path: "/api/v1/stores/{store_id}/timeline",
    summary: "Get a store's states and polls as a timeline",
    description:
      "Up, down, no data (`unknown`) and closed, without gaps, and every poll. At most 35 days. A response has up to 12,000 of each, and next_cursor for the others.",
    query: StoreTimelineQuerySchema,
    responses: read("The timeline.", json("StoreTimeline", StoreTimelineSchema), linkHeader),
    errors: [...rangeErrors, "invalid_cursor"],
    example: `${store}/timeline`,
  },
  {
    ...ofStore,
    id: "listStoreIncidents",
    access: needs.storesRead,
    path: "/api/v1/stores/{store_id}/incidents",
    summary: "List a store's incidents, newest first",
    description: "Those that overlap the range, with their actual start and end, even outside the range.",
    query: StoreIncidentsQuerySchema,
    responses: read("One page.", json("StoreIncidents", StoreIncidentsSchema), linkHeader),
    errors: [...rangeErrors, "invalid_cursor", "invalid_limit"],
    example: `${store}/incidents?limit=2`,
  },
  {
    ...ofStore,
    id: "getStoreHeatmap",
    access: needs.storesRead,
    path: "/api/v1/stores/{store_id}/heatmap",
    summary: "Get a store's hours of the week",
    description: "Each hour of the local week summed over the range, with its number of polls.",
    query: StoreHeatmapQuerySchema,
    responses: read("The 168 hours.", json("StoreHeatmap", StoreHeatmapSchema)),
    errors: rangeErrors,
    example: `${store}/heatmap`,
  },
  {
    id: "getFleet",
    access: needs.storesRead,
    tag: "Fleet",
    method: "GET",
    path: "/api/v1/fleet",
    summary: "Get all stores together",
    description:
      "As of the newest snapshot: stores by state, the sums of the three windows, the median store, the week by the hour, and the gaps in which no store was polled.",
    headers: ifNoneMatchHeader,
    responses: read("The fleet.", json("Fleet", FleetSchema)),
    errors: [],
    example: "/api/v1/fleet",
  },
  {
    id: "getFleetLabels",
    access: needs.storesRead,
    tag: "Fleet",
    method: "GET",
    path: "/api/v1/fleet/labels",
    summary: "List the brands and groups of the fleet",
    headers: ifNoneMatchHeader,
    responses: read("The labels with their stores.", json("FleetLabels", FleetLabelsSchema)),
    errors: [],
    example: "/api/v1/fleet/labels",
  },
  {
    id: "getDataQuality",
    access: needs.storesRead,
    tag: "Data",
    method: "GET",
    path: "/api/v1/data-quality",
    summary: "Count missing and contradictory data",
    headers: ifNoneMatchHeader,
    responses: read("The counts.", json("DataQuality", DataQualitySchema)),
    errors: [],
    example: "/api/v1/data-quality",
  },
  {
    id: "listDataQuality",
    access: needs.storesRead,
    tag: "Data",
    method: "GET",
    path: "/api/v1/data-quality/{list}",
    summary: "List stores without hours, zone or polls, and polls that conflict or lie in the future",
    pathParameters: { list: { schema: QualityListNameSchema, description: "Which list." } },
    query: QualityListQuerySchema,
    headers: ifNoneMatchHeader,
    responses: read("One page.", json("QualityList", QualityListSchema), linkHeader),
    errors: ["invalid_list", "invalid_cursor", "invalid_limit"],
    example: "/api/v1/data-quality/without_hours?limit=2",
  },
];
