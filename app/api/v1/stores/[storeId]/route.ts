import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery, parseStoreId } from "@/lib/server/http/parse";
import { getStore } from "@/lib/server/stores/get-store";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ storeId: string }>({
  GET: async (request, { params }) => {
    parseNoQuery(request);
    return Response.json(await getStore(getDatabase(), parseStoreId(await params)));
  },
});
