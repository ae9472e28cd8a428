import { CreateKeySchema } from "@/lib/contract/access";
import { createKey, getKeys } from "@/lib/server/access/manage-keys";
import { actorOf } from "@/lib/server/access/record-audit";
import { addressOf } from "@/lib/server/http/request-viewer";
import { getDatabase } from "@/lib/server/database";
import { answerSecretOnce } from "@/lib/server/http/answer-once";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { requirePerson } from "@/lib/server/http/signed-in";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/keys", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return Response.json(await getKeys(getDatabase(), viewer));
  },
  POST: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(CreateKeySchema, await readJson(request));
    const { personId } = await requirePerson(request);
    const actor = actorOf(viewer, addressOf(request.headers));
    return answerSecretOnce(getDatabase(), viewer, request, body, async (tx) => {
      return { status: 201, body: await createKey(tx, viewer, actor, personId, body, Date.now()) };
    });
  },
});
