import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { getStatus } from "@/lib/server/health/get-status";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/status", {
  GET: async (request) => {
    parseNoQuery(request);
    return jsonResponse(await getStatus(getDatabase()));
  },
});
