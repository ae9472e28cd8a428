import { StoreListQuerySchema } from "@/lib/contract/stores";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { listStores } from "@/lib/server/stores/list-stores";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle({
  GET: async (request) => Response.json(await listStores(getDatabase(), parseQuery(StoreListQuerySchema, request))),
});
