import { PutStoreHoursSchema } from "@/lib/contract/store-hours";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parseStoreId } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { previewStoreHours } from "@/lib/server/stores/preview-hours";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>(
  "/api/v1/stores/{store_id}/hours/preview",
  {
    POST: async (request, { params, viewer, signal }) => {
      parseNoQuery(request);
      const storeId = parseStoreId(await params);
      const hours = parseInput(PutStoreHoursSchema, await readJson(request));
      return jsonResponse(await previewStoreHours(getDatabase(), viewer, storeId, hours, signal));
    },
  },
);
