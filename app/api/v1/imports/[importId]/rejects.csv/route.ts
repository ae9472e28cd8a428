import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { downloadRejects } from "@/lib/server/imports/download-rejects";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ importId: string }>({
  GET: async (request, { params }) => {
    parseNoQuery(request);
    return downloadRejects(getDatabase(), parsePathId((await params).importId, "invalid_import_id"));
  },
});
