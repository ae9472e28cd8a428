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
    headers: { ...etagHeader, "Content-Disposition": "A file name with the report ID and its as-of time." },
  },
  notModified,
];

const queuedReport: OperationResponse = {
  status: 202,
  description: "The report is queued.",
  content: json("Report", ReportSchema),
  headers: { Location: "URL of the report.", "Retry-After": "Seconds to wait before checking it." },
};

const downloadErrors = ["invalid_report_id", "report_not_found", "report_expired", "report_not_ready", "report_failed"];

export const reportOperations: readonly Operation[] = [
  {
    id: "createReport",
    access: needs.reportsWrite,
    tag: "Reports",
    method: "POST",
    path: "/api/v1/reports",
    summary: "Create a report",
    description:
      "Uptime over the last hour, day and week of one store, selected stores, the stores that match a filter or the fleet, as of the latest poll or of `as_of`. Requesting the same report while one is in progress returns that one.",
    headers: idempotencyKeyHeader,
    body: { content: json("CreateReport", CreateReportSchema), example: { scope: "fleet" } },
    responses: [queuedReport],
    errors: [
      "invalid_as_of",
      "invalid_method",
      "invalid_store_id",
      "store_id_must_be_string",
      "store_not_found",
      ...["invalid_filter", "invalid_state", "invalid_preset", "invalid_brand", "invalid_group"],
      ...["invalid_tag", "invalid_time_zone", "no_snapshot"],
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
    summary: "List reports",
    query: ReportListQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("One page, newest first.", json("ReportList", ReportListSchema), linkHeader),
    errors: ["invalid_cursor", "invalid_limit"],
    example: "/api/v1/reports?limit=2",
  },
  {
    id: "getReport",
    access: needs.reportsRead,
    tag: "Reports",
    method: "GET",
    path: "/api/v1/reports/{report_id}",
    summary: "Get a report",
    description:
      "State and progress. With `wait` the response comes when the report has ended, or after that many seconds. With `Accept: text/csv` the response is that of `.csv`.",
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
    summary: "Cancel a report",
    description:
      "For a report that has not ended. It becomes `failed` with the code `cancelled`, for every requester. Cancelling again changes nothing.",
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
      "Creates a report with the same stores, method and as-of time, however the first one ended. While the first is in progress, it is returned instead.",
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
    summary: "Get a report summary",
    description:
      "Totals of the three windows, and for one of them the distribution of stores and the ten worst. Durations are milliseconds with either method.",
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
    summary: "Download a report (CSV)",
    description: "RFC 4180, UTF-8, one row per store ordered by ID, units in the header. Range requests are ignored.",
    pathParameters: reportIdParameter,
    query: CsvQuerySchema,
    headers: ifNoneMatchHeader,
    responses: download("The rows.", {
      mediaType: "text/csv",
      example:
        "store_id,uptime_last_hour(in minutes),uptime_last_day(in hours),uptime_last_week(in hours),downtime_last_hour(in minutes),downtime_last_day(in hours),downtime_last_week(in hours),no_data_last_hour(in minutes),no_data_last_day(in hours),no_data_last_week(in hours),coverage_last_hour,coverage_last_day,coverage_last_week,method,as_of\n8419537941919820732,60.00,11.00,77.00,0.00,1.00,7.00,0.00,0.00,0.00,1.00,1.00,1.00,interpolated,2026-01-28T20:00:00.000Z",
    }),
    errors: [...downloadErrors, "invalid_bom", "rate_limited"],
    example: "/api/v1/reports/74.csv",
  },
  {
    id: "downloadReportNdjson",
    access: needs.reportsRead,
    tag: "Reports",
    method: "GET",
    path: "/api/v1/reports/{report_id}.ndjson",
    summary: "Download a report (JSON lines)",
    pathParameters: reportIdParameter,
    headers: ifNoneMatchHeader,
    responses: download("One JSON object per line and store, ordered by ID.", {
      mediaType: "application/x-ndjson",
      name: "ReportLine",
      schema: ReportLineSchema,
    }),
    errors: [...downloadErrors, "rate_limited"],
    example: "/api/v1/reports/74.ndjson",
  },
];
