import { StoreMergesQuerySchema } from "@/lib/contract/store-record";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseQuery } from "@/lib/server/http/parse";
import { getStoreMerges } from "@/lib/server/stores/merge-stores";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/store-merges", {
  GET: async (request, { viewer }) => {
    const page = await getStoreMerges(getDatabase(), viewer, parseQuery(StoreMergesQuerySchema, request));
    return jsonWithETag(request, page, nextLink(request, page.next_cursor));
  },
});
