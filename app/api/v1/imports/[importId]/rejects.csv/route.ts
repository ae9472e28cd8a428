import { getDatabase } from "@/lib/server/database";
import { downloadResponse } from "@/lib/server/http/download";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { limited } from "@/lib/server/http/rate-limit";
import { downloadRejects } from "@/lib/server/imports/download-rejects";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ importId: string }>(
  "/api/v1/imports/{import_id}/rejects.csv",
  {
    GET: limited("download", async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).importId, "invalid_import_id");
      return downloadResponse(request, await downloadRejects(getDatabase(), viewer, id));
    }),
  },
);
