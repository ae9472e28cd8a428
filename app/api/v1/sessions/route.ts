import { endAllSessions, getSessions } from "@/lib/server/access/sign-in";
import { sessionOf } from "@/lib/server/access/viewer";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { sessionCookie } from "@/lib/server/http/session-cookie";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/sessions", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    const { personId, sessionId } = sessionOf(viewer);
    return jsonResponse(await getSessions(getDatabase(), personId, sessionId));
  },
  DELETE: async (request, { viewer }) => {
    parseNoQuery(request);
    await endAllSessions(getDatabase(), viewer);
    return new Response(null, { status: 204, headers: { "set-cookie": sessionCookie(request, null) } });
  },
});
