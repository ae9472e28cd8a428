import { ChangeStoresSchema } from "@/lib/contract/store-changes";
import { CreateStoreSchema } from "@/lib/contract/store-record";
import { StoreListQuerySchema } from "@/lib/contract/stores";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { withIdempotencyKey } from "@/lib/server/http/idempotency";
import { nextLink } from "@/lib/server/http/next-link";
import { parseInput, parseNoQuery, parseQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";
import { changeStores } from "@/lib/server/stores/change-stores";
import { listStores } from "@/lib/server/stores/list-stores";
import { createStore } from "@/lib/server/stores/store-record";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/stores", {
  GET: async (request, { viewer }) => {
    const page = await listStores(getDatabase(), viewer, parseQuery(StoreListQuerySchema, request));
    return jsonWithETag(request, page, nextLink(request, page.next_cursor));
  },
  POST: limited("ingest", async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(CreateStoreSchema, await readJson(request));
    return withIdempotencyKey(getDatabase(), viewer, request, body, async (tx, current) => {
      const created = await createStore(tx, current, body);
      return { status: 201, headers: { location: `/api/v1/stores/${created.store_id}` }, body: created };
    });
  }),
  PATCH: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(ChangeStoresSchema, await readJson(request));
    return jsonResponse(await changeStores(getDatabase(), viewer, body));
  },
});
