import { StoreHeatmapQuerySchema } from "@/lib/contract/store-history";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseQuery, parseStoreId } from "@/lib/server/http/parse";
import { getStoreHeatmap } from "@/lib/server/stores/get-store-heatmap";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/heatmap",
  {
    GET: async (request, { params, viewer, signal }) => {
      const storeId = parseStoreId(await params);
      const query = parseQuery(StoreHeatmapQuerySchema, request);
      return jsonWithETag(request, await getStoreHeatmap(getDatabase(), viewer, storeId, query, signal));
    },
  },
);
