import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { getFleet } from "@/lib/server/stores/get-fleet";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/fleet", {
  GET: async (request, { viewer, signal }) => {
    parseNoQuery(request);
    return jsonWithETag(request, await getFleet(getDatabase(), viewer, undefined, signal));
  },
});
