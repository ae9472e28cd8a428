import { FleetQuerySchema } from "@/lib/contract/fleet";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { getFleet } from "@/lib/server/stores/get-fleet";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/fleet", {
  GET: async (request, { viewer, signal }) => {
    const query = parseQuery(FleetQuerySchema, request);
    return jsonWithETag(request, await getFleet(getDatabase(), viewer, undefined, signal, query));
  },
});
