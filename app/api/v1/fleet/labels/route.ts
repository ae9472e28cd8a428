import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { getFleetLabels } from "@/lib/server/stores/get-fleet-labels";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/fleet/labels", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return jsonWithETag(request, await getFleetLabels(getDatabase(), viewer));
  },
});
