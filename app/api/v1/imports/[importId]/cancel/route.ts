import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { cancelImport } from "@/lib/server/imports/cancel-import";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ importId: string }>({
  POST: async (request, { params }) => {
    parseNoQuery(request);
    return Response.json(await cancelImport(getDatabase(), parsePathId((await params).importId, "invalid_import_id")));
  },
});
