import { WebhookDeliveryListQuerySchema } from "@/lib/contract/webhooks";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseQuery } from "@/lib/server/http/parse";
import { parsePathId } from "@/lib/server/http/path-id";
import { getDeliveries } from "@/lib/server/webhooks/manage-deliveries";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ webhookId: string }>(
  "/api/v1/webhooks/{webhook_id}/deliveries",
  {
    GET: async (request, { params, viewer }) => {
      const id = parsePathId((await params).webhookId, "invalid_webhook_id");
      const query = parseQuery(WebhookDeliveryListQuerySchema, request);
      const page = await getDeliveries(getDatabase(), viewer, id, query);
      return jsonWithETag(request, page, nextLink(request, page.next_cursor));
    },
  },
);
