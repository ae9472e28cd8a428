import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKey } from "@/lib/server/http/idempotency";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { limited } from "@/lib/server/http/rate-limit";
import { testWebhook } from "@/lib/server/webhooks/manage-deliveries";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ webhookId: string }>(
  "/api/v1/webhooks/{webhook_id}/test",
  {
    POST: limited("webhook", async (request, { params, viewer }) => {
      const id = parsePathId((await params).webhookId, "invalid_webhook_id");
      parseNoQuery(request);
      return withIdempotencyKey(getDatabase(), viewer, request, null, async (tx, current) => ({
        status: 202,
        body: await testWebhook(tx, current, id),
      }));
    }),
  },
);
