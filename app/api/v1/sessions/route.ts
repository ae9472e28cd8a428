import { actorOf } from "@/lib/server/access/record-audit";
import { addressOf } from "@/lib/server/http/request-viewer";
import { endAllSessions, getSessions } from "@/lib/server/access/sign-in";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { sessionCookie } from "@/lib/server/http/session-cookie";
import { requirePerson } from "@/lib/server/http/signed-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/sessions", {
  GET: async (request) => {
    parseNoQuery(request);
    const { personId, sessionId } = await requirePerson(request);
    return Response.json(await getSessions(getDatabase(), personId, sessionId));
  },
  DELETE: async (request, { viewer }) => {
    parseNoQuery(request);
    const { personId } = await requirePerson(request);
    await endAllSessions(getDatabase(), actorOf(viewer, addressOf(request.headers)), personId);
    return new Response(null, { status: 204, headers: { "set-cookie": sessionCookie(request, null) } });
  },
});
