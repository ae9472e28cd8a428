import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { requireOpenMetrics } from "@/lib/server/http/open-metrics";
import { TextResponse } from "@/lib/server/http/text-response";
import { renderMetrics } from "@/lib/server/metrics/render-metrics";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/metrics", {
  GET: async () => {
    requireOpenMetrics();
    const { text, contentType } = await renderMetrics(getDatabase());
    return new TextResponse(text, { headers: { "content-type": contentType } });
  },
});
