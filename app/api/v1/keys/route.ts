import { CreateKeySchema } from "@/lib/contract/access";
import { createKey, getKeys, requireKeyRights } from "@/lib/server/access/manage-keys";
import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKeyForSecret, type Effect } from "@/lib/server/http/idempotency";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/keys", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return jsonResponse(await getKeys(getDatabase(), viewer));
  },
  POST: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(CreateKeySchema, await readJson(request));
    const effect: Effect = async (tx, current) => ({
      status: 201,
      body: await createKey(tx, current, body, Date.now()),
    });
    return withIdempotencyKeyForSecret(getDatabase(), viewer, request, body, effect, async (tx, current) => {
      await requireKeyRights(tx, current, body);
    });
  },
});
