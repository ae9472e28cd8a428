import { ReportSummaryQuerySchema } from "@/lib/contract/report-summary";
import { getDatabase } from "@/lib/server/database";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { parseQuery, parseReportId } from "@/lib/server/http/parse";
import { summariseReport } from "@/lib/server/reports/summarise-report";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ reportId: string }>(
  "/api/v1/reports/{report_id}/summary",
  {
    GET: async (request, { params, viewer }) => {
      const { window } = parseQuery(ReportSummaryQuerySchema, request);
      const id = parseReportId((await params).reportId);
      return jsonWithETag(request, await summariseReport(getDatabase(), viewer, id, window));
    },
  },
);
