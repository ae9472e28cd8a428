import { ImportListQuerySchema } from "@/lib/contract/imports";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { listImports } from "@/lib/server/imports/list-imports";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle({
  GET: async (request) => Response.json(await listImports(getDatabase(), parseQuery(ImportListQuerySchema, request))),
});
