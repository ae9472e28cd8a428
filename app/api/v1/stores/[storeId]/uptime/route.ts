import { StoreUptimeQuerySchema } from "@/lib/contract/uptime";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseQuery, parseStoreId } from "@/lib/server/http/parse";
import { getStoreUptime } from "@/lib/server/stores/get-store-uptime";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>({
  GET: async (request, { params }) => {
    const storeId = parseStoreId(await params);
    const { window } = parseQuery(StoreUptimeQuerySchema, request);
    return Response.json(await getStoreUptime(getDatabase(), storeId, window));
  },
});
