import { ScheduleExceptionsQuerySchema } from "@/lib/contract/store-edit";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseQuery, parseStoreId } from "@/lib/server/http/parse";
import { listExceptions } from "@/lib/server/stores/store-exceptions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/exceptions",
  {
    GET: async (request, { params, viewer }) => {
      const storeId = parseStoreId(await params);
      const query = parseQuery(ScheduleExceptionsQuerySchema, request);
      const page = await listExceptions(getDatabase(), viewer, storeId, query);
      return jsonWithETag(request, page, nextLink(request, page.next_cursor));
    },
  },
);
