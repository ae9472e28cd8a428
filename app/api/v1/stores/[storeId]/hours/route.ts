import { PutStoreHoursSchema } from "@/lib/contract/store-hours";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag, taggedJson } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parseStoreId } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { getStoreHours, putStoreHours } from "@/lib/server/stores/store-hours";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/hours",
  {
    GET: async (request, { params, viewer }) => {
      parseNoQuery(request);
      return jsonWithETag(request, await getStoreHours(getDatabase(), viewer, parseStoreId(await params)));
    },
    PUT: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const storeId = parseStoreId(await params);
      const hours = parseInput(PutStoreHoursSchema, await readJson(request));
      const ifMatch = request.headers.get("if-match");
      return taggedJson(await putStoreHours(getDatabase(), viewer, storeId, hours, ifMatch));
    },
  },
);
