import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { cancelImport } from "@/lib/server/imports/cancel-import";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ importId: string }>(
  "/api/v1/imports/{import_id}/cancel",
  {
    POST: async (request, { params, viewer }) => {
      parseNoQuery(request);
      return jsonResponse(
        await cancelImport(getDatabase(), viewer, parsePathId((await params).importId, "invalid_import_id")),
      );
    },
  },
);
