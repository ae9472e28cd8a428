import { RollupQuerySchema } from "@/lib/contract/fleet";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { getRollups } from "@/lib/server/stores/get-rollups";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/fleet/rollups", {
  GET: async (request, { viewer }) => {
    const { by } = parseQuery(RollupQuerySchema, request);
    return jsonWithETag(request, await getRollups(getDatabase(), viewer, by));
  },
});
