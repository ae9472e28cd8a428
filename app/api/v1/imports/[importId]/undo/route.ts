import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { undoImport } from "@/lib/server/imports/undo-import";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ importId: string }>(
  "/api/v1/imports/{import_id}/undo",
  {
    POST: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const asked = await undoImport(getDatabase(), viewer, parsePathId((await params).importId, "invalid_import_id"));
      return jsonResponse(asked, { status: 202, headers: { location: asked.links.self, "retry-after": "1" } });
    },
  },
);
