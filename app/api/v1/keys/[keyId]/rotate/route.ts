import { requireKey, rotateKey } from "@/lib/server/access/manage-keys";
import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKeyForSecret, type Effect } from "@/lib/server/http/idempotency";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ keyId: string }>(
  "/api/v1/keys/{key_id}/rotate",
  {
    POST: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const { keyId } = await params;
      const effect: Effect = async (tx, current) => ({ status: 201, body: await rotateKey(tx, current, keyId) });
      return withIdempotencyKeyForSecret(getDatabase(), viewer, request, {}, effect, async (tx, current) => {
        await requireKey(tx, current, keyId);
      });
    },
  },
);
