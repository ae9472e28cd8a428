import { revokeKey } from "@/lib/server/access/manage-keys";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery } from "@/lib/server/http/parse";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ keyId: string }>("/api/v1/keys/{key_id}", {
  DELETE: async (request, { params, viewer }) => {
    parseNoQuery(request);
    await revokeKey(getDatabase(), viewer, (await params).keyId);
    return new Response(null, { status: 204 });
  },
});
