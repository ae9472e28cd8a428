import { FleetIncidentsQuerySchema } from "@/lib/contract/fleet-incidents";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseQuery } from "@/lib/server/http/parse";
import { listFleetIncidents } from "@/lib/server/stores/list-fleet-incidents";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/incidents", {
  GET: async (request, { viewer }) => {
    const page = await listFleetIncidents(getDatabase(), viewer, parseQuery(FleetIncidentsQuerySchema, request));
    return jsonWithETag(request, page, nextLink(request, page.next_cursor));
  },
});
