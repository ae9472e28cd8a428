import { ZoneClockQuerySchema } from "@/lib/contract/zone-clock";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { getZoneClock } from "@/lib/server/zones/get-zone-clock";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/time-zones/clock", {
  GET: (request) => Promise.resolve(jsonWithETag(request, getZoneClock(parseQuery(ZoneClockQuerySchema, request)))),
});
