import { StoreIncidentsQuerySchema } from "@/lib/contract/store-history";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseQuery, parseStoreId } from "@/lib/server/http/parse";
import { listIncidents } from "@/lib/server/stores/list-incidents";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/incidents",
  {
    GET: async (request, { params, viewer, signal }) => {
      const storeId = parseStoreId(await params);
      const query = parseQuery(StoreIncidentsQuerySchema, request);
      const page = await listIncidents(getDatabase(), viewer, storeId, query, signal);
      return jsonWithETag(request, page, nextLink(request, page.next_cursor));
    },
  },
);
