import { TriggerReportQuerySchema } from "@/lib/contract/reports";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { limited } from "@/lib/server/http/rate-limit";
import { parseQuery, parseStoreId } from "@/lib/server/http/parse";
import { triggerStoreReport } from "@/lib/server/reports/request-report";
import { requireStoreKeys } from "@/lib/server/access/store-keys";
import { jsonResponse } from "@/lib/server/http/text-response";

/** As documented from the start: a GET that queues. Only GET does; a HEAD creates nothing. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/store/{store_id}/trigger_report/",
  {
    GET: limited("trigger", async (request, { params, viewer }) => {
      const storeId = parseStoreId(await params);
      const { method } = parseQuery(TriggerReportQuerySchema, request);
      return jsonResponse({ report_id: await triggerStoreReport(getDatabase(), viewer, storeId, method) });
    }),
    HEAD: async (request, { params, viewer }) => {
      const storeId = parseStoreId(await params);
      parseQuery(TriggerReportQuerySchema, request);
      await requireStoreKeys(getDatabase(), viewer, [storeId]);
      return new Response(null, { headers: { "content-type": "application/json" } });
    },
  },
);
