import { endSession } from "@/lib/server/access/sign-in";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ sessionId: string }>(
  "/api/v1/sessions/{session_id}",
  {
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).sessionId, "session_not_found");
      await endSession(getDatabase(), viewer, id);
      return new Response(null, { status: 204 });
    },
  },
);
