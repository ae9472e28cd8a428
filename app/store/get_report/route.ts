import { GetReportQuerySchema } from "@/lib/contract/reports";
import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { requestOrigin } from "@/lib/server/http/origin";
import { parseQuery, parseReportIdBody } from "@/lib/server/http/parse";
import { limited } from "@/lib/server/http/rate-limit";
import { readJson } from "@/lib/server/http/read-json";
import { getLegacyReport } from "@/lib/server/reports/legacy-report";
import { jsonResponse } from "@/lib/server/http/text-response";

/** As documented from the start, also for `curl -d`, which labels its JSON as a form. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle("/store/get_report/", {
  POST: limited("status", async (request, { viewer }) => {
    const { method } = parseQuery(GetReportQuerySchema, request);
    const id = parseReportIdBody(await readJson(request, { anyMediaType: true }));
    const report = await getLegacyReport(getDatabase(), viewer, { id, method }, requestOrigin(request));
    return jsonResponse(report, { headers: report.status === "Running" ? { "retry-after": "2" } : {} });
  }),
});
