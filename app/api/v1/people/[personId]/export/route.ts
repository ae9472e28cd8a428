import { exportPerson } from "@/lib/server/access/manage-people";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ personId: string }>(
  "/api/v1/people/{person_id}/export",
  {
    GET: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).personId, "person_not_found");
      return jsonResponse(await exportPerson(getDatabase(), viewer, id));
    },
  },
);
