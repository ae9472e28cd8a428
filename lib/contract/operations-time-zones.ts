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
    summary: "List the time zones",
    description: "Every name of the tz database that a store's time zone may have, and the release in use.",
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
      "By the rules that all figures use. Format local times with these, not with the rules of your runtime, which may be from another release.",
    query: ZoneClockQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("The clock of the zone.", json("ZoneClock", ZoneClockSchema)),
    errors: ["invalid_zone", "invalid_from", "invalid_to", "invalid_range"],
    example: "/api/v1/time-zones/clock?zone=America/Vancouver&from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z",
  },
];
