import { StoreUptimeCsvQuerySchema } from "@/lib/contract/store-history";
import { getDatabase } from "@/lib/server/database";
import { downloadResponse } from "@/lib/server/http/download";
import { handle } from "@/lib/server/http/handle";
import { parseQuery, parseStoreId } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { downloadRangeCsv } from "@/lib/server/stores/range-csv";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/uptime.csv",
  {
    GET: limited("download", async (request, { params, viewer, signal }) => {
      const storeId = parseStoreId(await params);
      const query = parseQuery(StoreUptimeCsvQuerySchema, request);
      return downloadResponse(request, await downloadRangeCsv(getDatabase(), viewer, storeId, query, signal));
    }),
  },
);
