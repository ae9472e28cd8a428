import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { requireOpenMetrics } from "@/lib/server/http/open-metrics";
import { renderMetrics } from "@/lib/server/metrics/render-metrics";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/metrics", {
  GET: async () => {
    requireOpenMetrics();
    const { text, contentType } = await renderMetrics(getDatabase());
    return new Response(text, { headers: { "content-type": contentType } });
  },
});
