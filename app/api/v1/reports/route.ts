import { CreateReportSchema, ReportListQuerySchema } from "@/lib/contract/reports";
import { getDatabase } from "@/lib/server/database";
import { withIdempotencyKey, type Effect } from "@/lib/server/http/idempotency";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { handle } from "@/lib/server/http/handle";
import { nextLink } from "@/lib/server/http/next-link";
import { parseInput, parseNoQuery, parseQuery } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { requireStillSeen } from "@/lib/server/reports/get-report";
import { listReports } from "@/lib/server/reports/list-reports";
import { findFilteredSnapshot, requestReport } from "@/lib/server/reports/request-report";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/api/v1/reports", {
  GET: async (request, { viewer }) => {
    const page = await listReports(getDatabase(), viewer, parseQuery(ReportListQuerySchema, request));
    return jsonWithETag(request, page, nextLink(request, page.next_cursor));
  },
  POST: limited("trigger", async (request, { viewer }) => {
    parseNoQuery(request);
    const body = parseInput(CreateReportSchema, await readJson(request));
    const snapshot = await findFilteredSnapshot(getDatabase(), body);
    const effect: Effect = async (tx, current) => {
      const report = await requestReport(tx, current, body, Date.now(), snapshot);
      return { status: 202, headers: { location: report.links.self, "retry-after": "1" }, body: report };
    };
    return withIdempotencyKey(getDatabase(), viewer, request, body, effect, requireStillSeen);
  }),
});
