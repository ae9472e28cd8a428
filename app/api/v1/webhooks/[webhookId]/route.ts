import { ChangeWebhookSchema } from "@/lib/contract/webhooks";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { getWebhook, patchWebhook, removeWebhook } from "@/lib/server/webhooks/manage-webhooks";
import { readWebhookAddress } from "@/lib/server/webhooks/read-address";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ webhookId: string }>(
  "/api/v1/webhooks/{webhook_id}",
  {
    GET: async (request, { params, viewer }) => {
      const id = parsePathId((await params).webhookId, "invalid_webhook_id");
      parseNoQuery(request);
      return jsonWithETag(request, await getWebhook(getDatabase(), viewer, id));
    },
    PATCH: limited("webhook", async (request, { params, viewer }) => {
      const id = parsePathId((await params).webhookId, "invalid_webhook_id");
      parseNoQuery(request);
      const { url, ...body } = parseInput(ChangeWebhookSchema, await readJson(request));
      const changes = url === undefined ? body : { ...body, url: await readWebhookAddress(url) };
      return jsonResponse(await patchWebhook(getDatabase(), viewer, id, changes));
    }),
    DELETE: async (request, { params, viewer }) => {
      const id = parsePathId((await params).webhookId, "invalid_webhook_id");
      parseNoQuery(request);
      await removeWebhook(getDatabase(), viewer, id);
      return new Response(null, { status: 204 });
    },
  },
);
