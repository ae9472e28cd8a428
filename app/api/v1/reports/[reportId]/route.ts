import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery, parseReportId } from "@/lib/server/http/parse";
import { downloadReport } from "@/lib/server/reports/download-report";
import { getReport } from "@/lib/server/reports/get-report";

/** Serves `{id}`, `{id}.csv` and `{id}.ndjson`: a segment of the router cannot have a suffix. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ reportId: string }>(
  "/api/v1/reports/{report_id}",
  {
    GET: async (request, { params, viewer }) => {
      parseNoQuery(request);
      const { reportId } = await params;
      const [, id = "", format] = /^(.*?)(?:\.(csv|ndjson))?$/.exec(reportId) ?? [];
      const report = parseReportId(id);
      if (format === "csv" || format === "ndjson") {
        return downloadReport(getDatabase(), viewer, report, format, request.headers.get("if-none-match"));
      }
      return Response.json(await getReport(getDatabase(), viewer, report));
    },
  },
);
