import { rotateKey } from "@/lib/server/access/manage-keys";
import { actorOf } from "@/lib/server/access/record-audit";
import { addressOf } from "@/lib/server/http/request-viewer";
import { getDatabase } from "@/lib/server/database";
import { answerSecretOnce } from "@/lib/server/http/answer-once";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ keyId: string }>(
  "/api/v1/keys/{key_id}/rotate",
  {
    POST: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const actor = actorOf(viewer, addressOf(request.headers));
      const { keyId } = await params;
      return answerSecretOnce(getDatabase(), viewer, request, {}, async (tx) => {
        return { status: 201, body: await rotateKey(tx, viewer, actor, keyId) };
      });
    },
  },
);
