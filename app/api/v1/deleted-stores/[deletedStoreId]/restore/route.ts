import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery, parseStoreId } from "@/lib/server/http/parse";
import { jsonResponse } from "@/lib/server/http/text-response";
import { restoreStore } from "@/lib/server/stores/store-record";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ deletedStoreId: string }>(
  "/api/v1/deleted-stores/{deleted_store_id}/restore",
  {
    POST: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const storeId = parseStoreId({ storeId: (await params).deletedStoreId });
      return jsonResponse(await restoreStore(getDatabase(), viewer, storeId));
    },
  },
);
