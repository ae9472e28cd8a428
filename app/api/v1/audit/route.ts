import { AuditQuerySchema } from "@/lib/contract/access";
import { readAudit } from "@/lib/server/access/read-audit";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseQuery } from "@/lib/server/http/parse";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/audit", {
  GET: async (request, { viewer }) => {
    return Response.json(await readAudit(getDatabase(), viewer, parseQuery(AuditQuerySchema, request)));
  },
});
