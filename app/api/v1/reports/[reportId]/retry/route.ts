import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKey, type Effect } from "@/lib/server/http/idempotency";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery, parseReportId } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { requireStillSeen } from "@/lib/server/reports/get-report";
import { retryReport } from "@/lib/server/reports/request-report";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ reportId: string }>(
  "/api/v1/reports/{report_id}/retry",
  {
    POST: limited("trigger", async (request, { params, viewer }) => {
      parseNoQuery(request);
      const id = parseReportId((await params).reportId);
      const effect: Effect = async (tx, current) => {
        const report = await retryReport(tx, current, id);
        return { status: 202, headers: { location: report.links.self, "retry-after": "1" }, body: report };
      };
      return withIdempotencyKey(getDatabase(), viewer, request, null, effect, requireStillSeen);
    }),
  },
);
