import { InviteSchema } from "@/lib/contract/access";
import { getInvitations, invite } from "@/lib/server/access/invitations";
import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKeyForSecret } from "@/lib/server/http/idempotency";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/invitations", {
  GET: async (request, { viewer }) => {
    parseNoQuery(request);
    return jsonResponse(await getInvitations(getDatabase(), viewer));
  },
  POST: async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(InviteSchema, await readJson(request));
    return withIdempotencyKeyForSecret(getDatabase(), viewer, request, body, async (tx, current) => {
      return { status: 201, body: await invite(tx, current, body) };
    });
  },
});
