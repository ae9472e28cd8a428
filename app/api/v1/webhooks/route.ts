import { CreateWebhookSchema } from "@/lib/contract/webhooks";
import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKey } from "@/lib/server/http/idempotency";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { createWebhook, getWebhooks } from "@/lib/server/webhooks/manage-webhooks";
import { readWebhookAddress } from "@/lib/server/webhooks/read-address";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/webhooks", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return jsonWithETag(request, await getWebhooks(getDatabase(), viewer));
  },
  POST: limited("webhook", async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(CreateWebhookSchema, await readJson(request));
    const url = await readWebhookAddress(body.url);
    return withIdempotencyKey(getDatabase(), viewer, request, body, async (tx, current) => {
      const webhook = await createWebhook(tx, current, { ...body, url });
      return { status: 201, headers: { location: `/api/v1/webhooks/${webhook.id}` }, body: webhook };
    });
  }),
});
