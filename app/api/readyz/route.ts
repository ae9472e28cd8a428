import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { requireReady } from "@/lib/server/health/readiness";
import { jsonResponse } from "@/lib/server/http/text-response";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/readyz", {
  GET: async () => {
    await requireReady(getDatabase());
    return jsonResponse({ status: "ready" });
  },
});
