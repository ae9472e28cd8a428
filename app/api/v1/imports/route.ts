import { ImportListQuerySchema } from "@/lib/contract/imports";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { listImports } from "@/lib/server/imports/list-imports";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/imports", {
  GET: async (request, { viewer }) =>
    Response.json(await listImports(getDatabase(), viewer, parseQuery(ImportListQuerySchema, request))),
});
