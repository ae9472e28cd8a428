import { isRange, StoreUptimeQuerySchema } from "@/lib/contract/store-history";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseQuery, parseStoreId } from "@/lib/server/http/parse";
import { getRangeUptime } from "@/lib/server/stores/get-range-uptime";
import { getStoreUptime } from "@/lib/server/stores/get-store-uptime";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/uptime",
  {
    GET: async (request, { params, viewer, signal }) => {
      const storeId = parseStoreId(await params);
      const query = parseQuery(StoreUptimeQuerySchema, request);
      const { window = "week", as_of: asOf, explain, cursor } = query;
      const figures = isRange(query)
        ? await getRangeUptime(getDatabase(), viewer, storeId, query, signal)
        : await getStoreUptime(getDatabase(), viewer, storeId, window, {
            asOf,
            explain: explain !== undefined,
            cursor,
            signal,
          });
      return jsonWithETag(request, figures, nextLink(request, figures.next_cursor ?? null));
    },
  },
);
