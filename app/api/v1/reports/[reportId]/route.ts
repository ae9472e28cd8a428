import { CsvQuerySchema } from "@/lib/contract/csv-query";
import { WaitQuerySchema } from "@/lib/contract/wait";
import { getDatabase } from "@/lib/server/database";
import { acceptQuality } from "@/lib/server/http/accept";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { downloadResponse } from "@/lib/server/http/download";
import { handle } from "@/lib/server/http/handle";
import { parseNoQuery, parseQuery, parseReportId } from "@/lib/server/http/parse";
import { countPoints } from "@/lib/server/http/rate-limit";
import { waitFor } from "@/lib/server/http/wait-for";
import { cancelReport } from "@/lib/server/reports/cancel-report";
import { downloadReport } from "@/lib/server/reports/download-report";
import { getReport, hasEnded } from "@/lib/server/reports/get-report";
import { jsonResponse } from "@/lib/server/http/text-response";

/** Serves `{id}`, `{id}.csv` and `{id}.ndjson`: a dynamic segment cannot have a suffix. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = handle<{ reportId: string }>(
  "/api/v1/reports/{report_id}",
  {
    GET: async (request, context) => {
      const { params, viewer } = context;
      const { reportId } = await params;
      const [, id = "", format] = /^(.*?)(?:\.(csv|ndjson))?$/.exec(reportId) ?? [];
      const report = parseReportId(id);
      if (format === "csv" || format === "ndjson") {
        await countPoints("download", request, context);
        if (format === "ndjson") parseNoQuery(request);
        const bom = format === "csv" && parseQuery(CsvQuerySchema, request).bom === "1";
        return downloadResponse(request, await downloadReport(getDatabase(), viewer, report, { format, bom }));
      }
      const { wait } = parseQuery(WaitQuerySchema, request);
      const accept = request.headers.get("accept");
      if (acceptQuality(accept, "text/csv") > acceptQuality(accept, "application/json")) {
        await countPoints("download", request, context);
        return downloadResponse(
          request,
          await downloadReport(getDatabase(), viewer, report, { format: "csv", bom: false }),
        );
      }
      await countPoints("status", request, context);
      const look = () => getReport(getDatabase(), viewer, report);
      const seen = await waitFor(look, hasEnded, wait, request.signal);
      return jsonWithETag(request, seen, hasEnded(seen) ? {} : { "retry-after": "1" });
    },
    DELETE: async (request, { params, viewer }) => {
      parseNoQuery(request);
      return jsonResponse(await cancelReport(getDatabase(), viewer, parseReportId((await params).reportId)));
    },
  },
);
