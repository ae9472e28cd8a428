import { z } from "zod";
import { csvQuery } from "./csv-query";
import { incidentSorts } from "./enums";
import { fleetFilters } from "./fleet-filters";
import { pageQuery } from "./page";
import { InstantSchema, StoreIdSchema, WindowNameSchema } from "./uptime";
import { ZoneClockSchema } from "./zone-clock";

const selection = {
  ...fleetFilters,
  window: WindowNameSchema.default("day").describe(
    "Incidents that overlap the last hour, day or week before the as-of time of the fleet snapshot.",
  ),
  sort: z
    .enum(incidentSorts)
    .default("start")
    .describe("`start`: latest start first. `down`: longest downtime first, then latest start."),
};

/** Query of `GET /api/v1/incidents`. */
export const FleetIncidentsQuerySchema = z.strictObject({ ...selection, ...pageQuery });
export type FleetIncidentsQuery = z.infer<typeof FleetIncidentsQuerySchema>;

/** Query of `GET /api/v1/incidents.csv`. */
export const FleetIncidentsCsvQuerySchema = z.strictObject({ ...selection, ...csvQuery });
export type FleetIncidentsCsvQuery = z.infer<typeof FleetIncidentsCsvQuerySchema>;

export const FleetIncidentSchema = z.object({
  store_id: StoreIdSchema,
  name: z.string().nullable(),
  brand: z.string().nullable(),
  group: z.string().nullable(),
  time_zone: z.string(),
  start: InstantSchema,
  /** End of its last downtime; of an ongoing incident, as far as its last poll tells. */
  end: InstantSchema,
  /** Whether its last poll is the store's latest one in business hours. */
  ongoing: z.boolean(),
  /** True if it may have started before `start`: the list knows polls of the last 8 days. */
  started_before: z.boolean(),
  /** Its downtime: closed and unknown time do not count. */
  down_ms: z.int().min(0),
  polls: z.int().min(1),
  /**
   * Share of the fleet's checked opening time that was down in the hours around its start; from 0.25 the incident counts
   * as fleet-wide. Null for viewers of some of the stores, for fleets of fewer than 10 stores and where nothing is known.
   */
  fleet_share: z.number().min(0).max(1).nullable(),
});
export type FleetIncident = z.infer<typeof FleetIncidentSchema>;

/** `GET /api/v1/incidents`. */
export const FleetIncidentsSchema = z.object({
  /** Null until a snapshot with incidents is computed; then there are no incidents. */
  as_of: InstantSchema.nullable(),
  /** Start of the window. */
  from: InstantSchema.nullable(),
  incidents: z.array(FleetIncidentSchema),
  /** Incidents that match. */
  matching: z.int().min(0),
  /** Of each time zone in `incidents`, over the instants in this response. */
  clocks: z.array(ZoneClockSchema),
  next_cursor: z.string().nullable(),
});
export type FleetIncidents = z.infer<typeof FleetIncidentsSchema>;
