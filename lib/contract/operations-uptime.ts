import { DataQualitySchema, QualityListNameSchema, QualityListQuerySchema, QualityListSchema } from "./data-quality";
import { FleetLabelsSchema, FleetQuerySchema, FleetSchema, RollupQuerySchema, RollupsSchema } from "./fleet";
import { FleetIncidentsCsvQuerySchema, FleetIncidentsQuerySchema, FleetIncidentsSchema } from "./fleet-incidents";
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
  StoreUptimeCsvQuerySchema,
  StoreUptimeQuerySchema,
} from "./store-history";
import { needs } from "./scopes";

const store = "/api/v1/stores/8419537941919820732";

const read = (description: string, content: JsonContent, headers = {}): readonly OperationResponse[] => [
  { status: 200, description, content, headers: { ...etagHeader, ...headers } },
  notModified,
];

const ofStore = { tag: "Uptime", method: "GET", pathParameters: storeIdParameter, headers: ifNoneMatchHeader } as const;
const heatmapErrors = [
  "invalid_store_id",
  "store_not_found",
  "invalid_as_of",
  "invalid_from",
  "invalid_to",
  "invalid_range",
  "too_many_polls",
];
const fleetFilterErrors = [
  "invalid_state",
  "invalid_brand",
  "invalid_group",
  "invalid_tag",
  "invalid_time_zone",
  "invalid_preset",
];
const rangeErrors = [...heatmapErrors, "invalid_period", "invalid_from_date", "invalid_to_date"];

/** Computed figures: of one store, of the fleet, and of the data itself. */
export const uptimeOperations: readonly Operation[] = [
  {
    ...ofStore,
    id: "getStoreUptime",
    access: needs.storesRead,
    path: "/api/v1/stores/{store_id}/uptime",
    summary: "Get store uptime",
    description:
      "With `window`: the last hour, day and week, each with the previous one, and the chosen one in buckets. With `from`, `period` or `from_date`: any range up to 400 days, with the range before it. `explain=segments` adds the segments with the polls that decided them; they add up to the figures to the millisecond, 10,000 per page. A range with more than 2,000,000 polls is rejected.",
    query: StoreUptimeQuerySchema,
    responses: read("The figures.", json("StoreUptime", StoreUptimeAnswerSchema), linkHeader),
    errors: [...rangeErrors, "invalid_cursor", "invalid_window", "invalid_bucket", "invalid_explain"],
    example: `${store}/uptime?window=day&explain=segments`,
  },
  {
    ...ofStore,
    id: "downloadStoreUptime",
    access: needs.storesRead,
    path: "/api/v1/stores/{store_id}/uptime.csv",
    summary: "Download store uptime (CSV)",
    description: "A row for each day, hour or week of a range, in the store's local time. Default: the last 7 days.",
    query: StoreUptimeCsvQuerySchema,
    headers: {},
    responses: [
      {
        status: 200,
        description: "The file.",
        content: {
          mediaType: "text/csv",
          example:
            "store_id,start,end,time_zone,open_minutes,up_minutes,down_minutes,no_data_minutes,uptime_percent\n8419537941919820732,2026-01-27T00:00:00-06:00,2026-01-28T00:00:00-06:00,America/Chicago,720.00,660.00,60.00,0.00,91.66",
        },
      },
    ],
    errors: [...rangeErrors, "invalid_bucket", "invalid_bom", "rate_limited"],
    example: `${store}/uptime.csv?period=last_30_days`,
  },
  {
    ...ofStore,
    id: "getStoreTimeline",
    access: needs.storesRead,
    path: "/api/v1/stores/{store_id}/timeline",
    summary: "Get a store timeline",
    description:
      "Consecutive segments (`up`, `down`, `unknown`, `closed`) and every poll, for at most 35 days, up to 12,000 of each per page.",
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
    summary: "List store incidents",
    description: "Incidents that overlap the range, with their full start and end. Newest first.",
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
    summary: "Get a store's weekly pattern",
    description: "Each hour of the local week, summed over the range, with its number of polls.",
    query: StoreHeatmapQuerySchema,
    responses: read("The 168 hours.", json("StoreHeatmap", StoreHeatmapSchema)),
    errors: heatmapErrors,
    example: `${store}/heatmap`,
  },
  {
    id: "getFleet",
    access: needs.storesRead,
    tag: "Fleet",
    method: "GET",
    path: "/api/v1/fleet",
    summary: "Get fleet summary",
    description:
      "As of the latest fleet snapshot: stores by state, totals of the three windows, the median store, the week by hour, and monitoring gaps. With filters, of the stores that match, without the week by hour; stores are counted by state whatever `state` is.",
    query: FleetQuerySchema,
    headers: ifNoneMatchHeader,
    responses: read("The fleet.", json("Fleet", FleetSchema)),
    errors: fleetFilterErrors,
    example: "/api/v1/fleet",
  },
  {
    id: "listIncidents",
    access: needs.storesRead,
    tag: "Fleet",
    method: "GET",
    path: "/api/v1/incidents",
    summary: "List incidents of all stores",
    description:
      "As of the latest fleet snapshot, of the stores that match the filters. Later pages use the snapshot of the first, so no incident is repeated or missed. For times before the last 7 days, see the incidents of a store.",
    query: FleetIncidentsQuerySchema,
    headers: ifNoneMatchHeader,
    responses: read("One page.", json("FleetIncidents", FleetIncidentsSchema), linkHeader),
    errors: ["invalid_cursor", "invalid_limit", "invalid_sort", "invalid_window", ...fleetFilterErrors],
    example: "/api/v1/incidents?window=week&sort=down&limit=2",
  },
  {
    id: "downloadIncidents",
    access: needs.storesRead,
    tag: "Fleet",
    method: "GET",
    path: "/api/v1/incidents.csv",
    summary: "Export incidents (CSV)",
    description: "All incidents that match, in the requested order, as of the latest fleet snapshot.",
    query: FleetIncidentsCsvQuerySchema,
    responses: [
      {
        status: 200,
        description: "The rows.",
        content: {
          mediaType: "text/csv",
          example:
            "store_id,name,brand,group,start_utc,end_utc,downtime_minutes,ongoing,started_before,polls,fleet_share_percent,as_of_utc\n8419537941919820732,Main Street,Example Pizza,North,2026-01-28T17:30:00.000Z,2026-01-28T18:30:00.000Z,60.00,false,false,1,2.41,2026-01-28T20:00:00.000Z",
        },
        headers: { "Content-Disposition": "A file name with the as-of time." },
      },
    ],
    errors: ["no_snapshot", "invalid_sort", "invalid_window", "invalid_bom", "rate_limited", ...fleetFilterErrors],
    example: "/api/v1/incidents.csv?window=week&sort=down",
  },
  {
    id: "getFleetRollups",
    access: needs.storesRead,
    tag: "Fleet",
    method: "GET",
    path: "/api/v1/fleet/rollups",
    summary: "Get uptime by brand, group or time zone",
    description: "As of the latest fleet snapshot; each uptime is a ratio of the sums of its stores.",
    query: RollupQuerySchema,
    headers: ifNoneMatchHeader,
    responses: read("The roll-ups.", json("Rollups", RollupsSchema)),
    errors: ["invalid_by"],
    example: "/api/v1/fleet/rollups?by=group",
  },
  {
    id: "getFleetLabels",
    access: needs.storesRead,
    tag: "Fleet",
    method: "GET",
    path: "/api/v1/fleet/labels",
    summary: "List brands and groups",
    headers: ifNoneMatchHeader,
    responses: read("Brands and groups with their number of stores.", json("FleetLabels", FleetLabelsSchema)),
    errors: [],
    example: "/api/v1/fleet/labels",
  },
  {
    id: "getDataQuality",
    access: needs.storesRead,
    tag: "Data",
    method: "GET",
    path: "/api/v1/data-quality",
    summary: "Get data quality summary",
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
    summary: "List data quality issues",
    pathParameters: {
      list: {
        schema: QualityListNameSchema,
        description:
          "The list: stores without hours, time zone or polls, unrecognised stores, overlapping nights, weeks without one day, weeks with one day around the clock, conflicting polls, polls dated in the future.",
      },
    },
    query: QualityListQuerySchema,
    headers: ifNoneMatchHeader,
    responses: read("One page.", json("QualityList", QualityListSchema), linkHeader),
    errors: ["invalid_list", "invalid_cursor", "invalid_limit"],
    example: "/api/v1/data-quality/without_hours?limit=2",
  },
];
