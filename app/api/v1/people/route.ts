import { getPeople } from "@/lib/server/access/manage-people";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/people", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return Response.json(await getPeople(getDatabase(), viewer));
  },
});
