import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { getDeletedStores } from "@/lib/server/stores/store-record";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/deleted-stores", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return jsonWithETag(request, await getDeletedStores(getDatabase(), viewer));
  },
});
