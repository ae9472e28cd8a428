import { ImportRejectsQuerySchema } from "@/lib/contract/imports";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { listRejects } from "@/lib/server/imports/list-rejects";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ importId: string }>(
  "/api/v1/imports/{import_id}/rejects",
  {
    GET: async (request, { params, viewer }) => {
      const id = parsePathId((await params).importId, "invalid_import_id");
      const { limit } = parseQuery(ImportRejectsQuerySchema, request);
      return jsonWithETag(request, await listRejects(getDatabase(), viewer, id, limit));
    },
  },
);
