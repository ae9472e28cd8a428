import { LocalDateSchema, PutExceptionSchema } from "@/lib/contract/store-edit";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parsePathPart, parseStoreId } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { putException, removeException } from "@/lib/server/stores/store-exceptions";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string; date: string }>(
  "/api/v1/stores/{store_id}/exceptions/{date}",
  {
    PUT: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const path = await params;
      const storeId = parseStoreId(path);
      const date = parsePathPart(LocalDateSchema, "date", path.date);
      const body = parseInput(PutExceptionSchema, await readJson(request));
      return jsonResponse(await putException(getDatabase(), viewer, storeId, date, body));
    },
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const path = await params;
      await removeException(
        getDatabase(),
        viewer,
        parseStoreId(path),
        parsePathPart(LocalDateSchema, "date", path.date),
      );
      return new Response(null, { status: 204 });
    },
  },
);
