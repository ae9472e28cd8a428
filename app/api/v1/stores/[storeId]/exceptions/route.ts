import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery, parseStoreId } from "@/lib/server/http/parse";
import { listExceptions } from "@/lib/server/stores/store-exceptions";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/exceptions",
  {
    GET: async (request, { params, viewer }) => {
      parseNoQuery(request);
      return jsonWithETag(request, await listExceptions(getDatabase(), viewer, parseStoreId(await params)));
    },
  },
);
