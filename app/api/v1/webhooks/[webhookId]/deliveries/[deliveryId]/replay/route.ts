import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKey } from "@/lib/server/http/idempotency";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { limited } from "@/lib/server/http/rate-limit";
import { replayDelivery } from "@/lib/server/webhooks/manage-deliveries";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ webhookId: string; deliveryId: string }>(
  "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
  {
    POST: limited("webhook", async (request, { params, viewer }) => {
      const { webhookId, deliveryId } = await params;
      const id = parsePathId(webhookId, "invalid_webhook_id");
      const delivery = parsePathId(deliveryId, "invalid_delivery_id");
      parseNoQuery(request);
      return withIdempotencyKey(getDatabase(), viewer, request, null, async (tx, current) => {
        return { status: 202, body: await replayDelivery(tx, current, id, delivery) };
      });
    }),
  },
);
