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
  headers: { Location: "Where the report is.", "Retry-After": "Seconds after which to look." },
};

const downloadErrors = ["invalid_report_id", "report_not_found", "report_expired", "report_not_ready", "report_failed"];

export const reportOperations: readonly Operation[] = [
  {
    id: "createReport",
    access: needs.reportsWrite,
    tag: "Reports",
    method: "POST",
    path: "/api/v1/reports",
    summary: "Ask for a report",
    description:
      "Uptime over the last hour, day and week of one store, some, or the fleet, as of one instant: the newest poll unless `as_of` says otherwise. Asking for the same again while the first is under way joins it.",
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
    summary: "List the reports that were asked for, newest first",
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
      "With `wait` the answer comes when the report has ended, or so many seconds later. Who prefers `text/csv` (Accept) gets what `.csv` gives.",
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
      "It is `failed` with the code `cancelled`, for whoever joined it too. Cancelling twice is as cancelling once.",
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
    summary: "Ask for a report once more",
    description:
      "A new report of the same stores by the same method as of the same instant, however the first one ended. While that has not ended it is what you get.",
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
    summary: "Get a complete report in short",
    description:
      "Sums of the three windows, and of one of them how the stores are spread and the ten worst. By either method durations are milliseconds.",
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
      "RFC 4180, UTF-8, one row a store in order of ids, units in the header. Always whole: ranges are ignored.",
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
    responses: download("One JSON object a line and store, in order of ids.", {
      mediaType: "application/x-ndjson",
      name: "ReportLine",
      schema: ReportLineSchema,
    }),
    errors: [...downloadErrors, "rate_limited"],
    example: "/api/v1/reports/74.ndjson",
  },
];
