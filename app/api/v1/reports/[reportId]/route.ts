import { getDatabase } from "@/lib/server/database";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery, parseReportId } from "@/lib/server/http/parse";
import { downloadReport } from "@/lib/server/reports/download-report";
import { getReport } from "@/lib/server/reports/get-report";

/** Serves `{id}`, `{id}.csv` and `{id}.ndjson`: a segment of the router cannot have a suffix. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ reportId: string }>({
  GET: async (request, { params }) => {
    parseNoQuery(request);
    const { reportId } = await params;
    const [, id = "", format] = /^(.*?)(?:\.(csv|ndjson))?$/.exec(reportId) ?? [];
    const report = parseReportId(id);
    if (format === "csv" || format === "ndjson") {
      return downloadReport(getDatabase(), report, format, request.headers.get("if-none-match"));
    }
    return Response.json(await getReport(getDatabase(), report));
  },
});
