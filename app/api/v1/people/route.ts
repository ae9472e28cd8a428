import { getPeople } from "@/lib/server/access/manage-people";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/people", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return jsonResponse(await getPeople(getDatabase(), viewer));
  },
});
