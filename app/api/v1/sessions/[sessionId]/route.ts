import { actorOf } from "@/lib/server/access/record-audit";
import { addressOf } from "@/lib/server/http/request-viewer";
import { endSession } from "@/lib/server/access/sign-in";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { requirePerson } from "@/lib/server/http/signed-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ sessionId: string }>(
  "/api/v1/sessions/{session_id}",
  {
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parsePathId((await params).sessionId, "session_not_found");
      const { personId } = await requirePerson(request);
      await endSession(getDatabase(), actorOf(viewer, addressOf(request.headers)), personId, id);
      return new Response(null, { status: 204 });
    },
  },
);
