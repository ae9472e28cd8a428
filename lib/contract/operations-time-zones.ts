import { json, type Operation } from "./operation";
import { ifNoneMatchHeader, readable } from "./operation-parameters";
import { needs } from "./scopes";
import { TimeZoneListSchema, ZoneClockQuerySchema, ZoneClockSchema } from "./zone-clock";

/** The tz database in use by this server. */
export const timeZoneOperations: readonly Operation[] = [
  {
    id: "listTimeZones",
    access: needs.storesRead,
    tag: "Data",
    method: "GET",
    path: "/api/v1/time-zones",
    summary: "List time zones",
    description: "Every tz database name that a store can have, and the release in use.",
    headers: ifNoneMatchHeader,
    responses: readable("The names.", json("TimeZoneList", TimeZoneListSchema)),
    errors: [],
    example: "/api/v1/time-zones",
  },
  {
    id: "getTimeZoneClock",
    access: needs.storesRead,
    tag: "Data",
    method: "GET",
    path: "/api/v1/time-zones/clock",
    summary: "Get a time zone's offsets and abbreviations",
    description:
      "From the rules that all figures are computed with. Use these to format local times: your runtime may have another release.",
    query: ZoneClockQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("The zone's offsets.", json("ZoneClock", ZoneClockSchema)),
    errors: ["invalid_zone", "invalid_from", "invalid_to", "invalid_range"],
    example: "/api/v1/time-zones/clock?zone=America/Vancouver&from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z",
  },
];
