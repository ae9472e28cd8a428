import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { jsonResponse } from "@/lib/server/http/text-response";
import { undoMerge } from "@/lib/server/stores/merge-stores";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ mergeId: string }>(
  "/api/v1/store-merges/{merge_id}/undo",
  {
    POST: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).mergeId, "invalid_merge_id");
      return jsonResponse(await undoMerge(getDatabase(), viewer, id));
    },
  },
);
