import { CsvQuerySchema } from "./csv-query";
import { json, type Operation, type OperationResponse } from "./operation";
import {
  creationErrors,
  etagHeader,
  idempotencyKeyHeader,
  ifNoneMatchHeader,
  linkHeader,
  notModified,
  readable,
  reportIdParameter,
} from "./operation-parameters";
import { ReportSummaryQuerySchema, ReportSummarySchema } from "./report-summary";
import { CreateReportSchema, ReportLineSchema, ReportListQuerySchema, ReportListSchema, ReportSchema } from "./reports";
import { needs } from "./scopes";
import { WaitQuerySchema } from "./wait";

const download = (description: string, content: OperationResponse["content"]): readonly OperationResponse[] => [
  {
    status: 200,
    description,
    ...(content === undefined ? {} : { content }),
    headers: { ...etagHeader, "Content-Disposition": "A file name with the report's id and its as-of instant." },
  },
  notModified,
];

const queuedReport: OperationResponse = {
  status: 202,
  description: "The report is queued.",
  content: json("Report", ReportSchema),
  headers: { Location: "Where the report is.", "Retry-After": "Seconds after which to check." },
};

const downloadErrors = ["invalid_report_id", "report_not_found", "report_expired", "report_not_ready", "report_failed"];

export const reportOperations: readonly Operation[] = [
  {
    id: "createReport",
    access: needs.reportsWrite,
    tag: "Reports",
    method: "POST",
    path: "/api/v1/reports",
    summary: "Request a report",
    description:
      "Uptime over the last hour, day and week of one store, some, or the fleet, as of one instant: by default the newest poll. An identical request while the first is in progress joins it.",
    headers: idempotencyKeyHeader,
    body: { content: json("CreateReport", CreateReportSchema), example: { scope: "fleet" } },
    responses: [queuedReport],
    errors: [
      "invalid_as_of",
      "invalid_method",
      "invalid_store_id",
      "store_id_must_be_string",
      "store_not_found",
      "report_limit",
      ...creationErrors,
    ],
    example: "/api/v1/reports",
  },
  {
    id: "listReports",
    access: needs.reportsRead,
    tag: "Reports",
    method: "GET",
    path: "/api/v1/reports",
    summary: "List requested reports, newest first",
    query: ReportListQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("One page.", json("ReportList", ReportListSchema), linkHeader),
    errors: ["invalid_cursor", "invalid_limit"],
    example: "/api/v1/reports?limit=2",
  },
  {
    id: "getReport",
    access: needs.reportsRead,
    tag: "Reports",
    method: "GET",
    path: "/api/v1/reports/{report_id}",
    summary: "Get a report's state and progress",
    description:
      "With `wait` the response is sent when the report has ended, or after that many seconds. With `Accept: text/csv` it is the same as `.csv`.",
    pathParameters: reportIdParameter,
    query: WaitQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("The report.", json("Report", ReportSchema)),
    errors: ["invalid_wait", "rate_limited", ...downloadErrors],
    example: "/api/v1/reports/74?wait=20",
  },
  {
    id: "cancelReport",
    access: needs.reportsWrite,
    tag: "Reports",
    method: "DELETE",
    path: "/api/v1/reports/{report_id}",
    summary: "Cancel a report that has not ended",
    description:
      "It becomes `failed` with the code `cancelled`, also for requesters who joined it. Cancelling twice has the same effect.",
    pathParameters: reportIdParameter,
    responses: [{ status: 200, description: "The report.", content: json("Report", ReportSchema) }],
    errors: ["invalid_report_id", "report_not_found", "report_expired", "report_not_cancellable"],
    example: "/api/v1/reports/74",
  },
  {
    id: "retryReport",
    access: needs.reportsWrite,
    tag: "Reports",
    method: "POST",
    path: "/api/v1/reports/{report_id}/retry",
    summary: "Retry a report",
    description:
      "A new report with the same stores, method and as-of instant, however the first one ended. If the first has not ended, that one is returned.",
    pathParameters: reportIdParameter,
    headers: idempotencyKeyHeader,
    responses: [queuedReport],
    errors: ["invalid_report_id", "report_not_found", "report_expired", "report_limit", ...creationErrors],
    example: "/api/v1/reports/74/retry",
  },
  {
    id: "getReportSummary",
    access: needs.reportsRead,
    tag: "Reports",
    method: "GET",
    path: "/api/v1/reports/{report_id}/summary",
    summary: "Get the summary of a complete report",
    description:
      "Sums of the three windows, and for one of them the distribution of the stores and the ten worst. Durations are milliseconds for both methods.",
    pathParameters: reportIdParameter,
    query: ReportSummaryQuerySchema,
    headers: ifNoneMatchHeader,
    responses: [
      {
        status: 200,
        description: "The summary.",
        content: json("ReportSummary", ReportSummarySchema),
        headers: etagHeader,
      },
      notModified,
    ],
    errors: [...downloadErrors, "invalid_window"],
    example: "/api/v1/reports/74/summary?window=day",
  },
  {
    id: "downloadReportCsv",
    access: needs.reportsRead,
    tag: "Reports",
    method: "GET",
    path: "/api/v1/reports/{report_id}.csv",
    summary: "Download a complete report as CSV",
    description:
      "RFC 4180, UTF-8, one row per store in order of ids, units in the header. Always complete: ranges are ignored.",
    pathParameters: reportIdParameter,
    query: CsvQuerySchema,
    headers: ifNoneMatchHeader,
    responses: download("The rows.", { mediaType: "text/csv" }),
    errors: [...downloadErrors, "invalid_bom", "rate_limited"],
    example: "/api/v1/reports/74.csv",
  },
  {
    id: "downloadReportNdjson",
    access: needs.reportsRead,
    tag: "Reports",
    method: "GET",
    path: "/api/v1/reports/{report_id}.ndjson",
    summary: "Download a complete report as JSON lines",
    pathParameters: reportIdParameter,
    headers: ifNoneMatchHeader,
    responses: download("One JSON object per line and store, in order of ids.", {
      mediaType: "application/x-ndjson",
      name: "ReportLine",
      schema: ReportLineSchema,
    }),
    errors: [...downloadErrors, "rate_limited"],
    example: "/api/v1/reports/74.ndjson",
  },
];
