import { CreateReportSchema, ReportListQuerySchema } from "@/lib/contract/reports";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseInput, parseNoQuery, parseQuery } from "@/lib/server/http/parse";
import { readJson } from "@/lib/server/http/read-json";
import { listReports } from "@/lib/server/reports/list-reports";
import { requestReport } from "@/lib/server/reports/request-report";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle({
  GET: async (request) => Response.json(await listReports(getDatabase(), parseQuery(ReportListQuerySchema, request))),
  POST: async (request) => {
    parseNoQuery(request);
    const body = parseInput(CreateReportSchema, await readJson(request));
    const report = await requestReport(getDatabase(), body, Date.now());
    return Response.json(report, { status: 202, headers: { location: report.links.self, "retry-after": "1" } });
  },
});
