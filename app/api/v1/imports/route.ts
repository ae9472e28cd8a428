import { ImportListQuerySchema } from "@/lib/contract/imports";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseQuery } from "@/lib/server/http/parse";
import { listImports } from "@/lib/server/imports/list-imports";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/imports", {
  GET: async (request, { viewer }) => {
    const page = await listImports(getDatabase(), viewer, parseQuery(ImportListQuerySchema, request));
    return jsonWithETag(request, page, nextLink(request, page.next_cursor));
  },
});
