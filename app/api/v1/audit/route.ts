import { AuditQuerySchema } from "@/lib/contract/access";
import { readAudit } from "@/lib/server/access/read-audit";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/audit", {
  GET: async (request, { viewer }) => {
    return jsonResponse(await readAudit(getDatabase(), viewer, parseQuery(AuditQuerySchema, request)));
  },
});
