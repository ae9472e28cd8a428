import { PutStoreIdSchema } from "@/lib/contract/store-record";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parseStoreId } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";
import { changeStoreId } from "@/lib/server/stores/store-record";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/id",
  {
    PUT: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const storeId = parseStoreId(await params);
      const { store_id: next } = parseInput(PutStoreIdSchema, await readJson(request));
      return jsonResponse(await changeStoreId(getDatabase(), viewer, storeId, next));
    },
  },
);
