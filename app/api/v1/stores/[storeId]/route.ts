import { EditStoreSchema } from "@/lib/contract/store-edit";
import { DeleteStoreQuerySchema } from "@/lib/contract/store-record";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parseQuery, parseStoreId } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { editStore } from "@/lib/server/stores/edit-store";
import { getStore } from "@/lib/server/stores/get-store";
import { deleteStore } from "@/lib/server/stores/store-record";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}",
  {
    GET: async (request, { params, viewer, signal }) => {
      parseNoQuery(request);
      return jsonWithETag(request, await getStore(getDatabase(), viewer, parseStoreId(await params), signal));
    },
    PATCH: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const storeId = parseStoreId(await params);
      const edit = parseInput(EditStoreSchema, await readJson(request));
      return jsonResponse(await editStore(getDatabase(), viewer, storeId, edit));
    },
    DELETE: async (request, { params, viewer }) => {
      const storeId = parseStoreId(await params);
      const { confirm } = parseQuery(DeleteStoreQuerySchema, request);
      return jsonResponse(await deleteStore(getDatabase(), viewer, storeId, confirm));
    },
  },
);
