import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { listTimeZones } from "@/lib/server/zones/list-time-zones";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/time-zones", {
  GET: (request) => {
    parseNoQuery(request);
    return Promise.resolve(jsonWithETag(request, listTimeZones()));
  },
});
