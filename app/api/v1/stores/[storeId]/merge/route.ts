import { MergeStoreSchema } from "@/lib/contract/store-record";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parseStoreId } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";
import { mergeStore } from "@/lib/server/stores/merge-stores";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/merge",
  {
    POST: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const storeId = parseStoreId(await params);
      const body = parseInput(MergeStoreSchema, await readJson(request));
      return jsonResponse(await mergeStore(getDatabase(), viewer, storeId, body));
    },
  },
);
