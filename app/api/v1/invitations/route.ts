import { InviteSchema } from "@/lib/contract/access";
import { getInvitations, invite } from "@/lib/server/access/invitations";
import { actorOf } from "@/lib/server/access/record-audit";
import { addressOf } from "@/lib/server/http/request-viewer";
import { getDatabase } from "@/lib/server/database";
import { answerSecretOnce } from "@/lib/server/http/answer-once";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/invitations", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return Response.json(await getInvitations(getDatabase(), viewer));
  },
  POST: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(InviteSchema, await readJson(request));
    const actor = actorOf(viewer, addressOf(request.headers));
    return answerSecretOnce(getDatabase(), viewer, request, body, async (tx) => {
      return { status: 201, body: await invite(tx, viewer, actor, body) };
    });
  },
});
