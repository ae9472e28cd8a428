import { ChangeStoresSchema } from "@/lib/contract/store-changes";
import { StoreListQuerySchema } from "@/lib/contract/stores";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseInput, parseNoQuery, parseQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";
import { changeStores } from "@/lib/server/stores/change-stores";
import { listStores } from "@/lib/server/stores/list-stores";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/stores", {
  GET: async (request, { viewer }) => {
    const page = await listStores(getDatabase(), viewer, parseQuery(StoreListQuerySchema, request));
    return jsonWithETag(request, page, nextLink(request, page.next_cursor));
  },
  PATCH: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(ChangeStoresSchema, await readJson(request));
    return jsonResponse(await changeStores(getDatabase(), viewer, body));
  },
});
