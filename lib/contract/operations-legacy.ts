import { z } from "zod";
import { json, type Operation } from "./operation";
import { storeIdParameter } from "./operation-parameters";
import { LegacyReportSchema, GetReportQuerySchema, TriggerReportQuerySchema } from "./reports";
import { needs } from "./scopes";

/** The two original endpoints, which stay. Both respond with and without a trailing slash. */
export const legacyOperations: readonly Operation[] = [
  {
    id: "triggerStoreReport",
    access: needs.trigger,
    tag: "Reports",
    method: "GET",
    path: "/store/{store_id}/trigger_report/",
    summary: "Trigger a store report (original endpoint)",
    description:
      "New integrations should use `POST /api/v1/reports`. Only GET queues a report; HEAD does nothing. The default method is `poll_count`, one hour per poll; `method=interpolated` gives the figures that the pages show.",
    pathParameters: storeIdParameter,
    query: TriggerReportQuerySchema,
    responses: [
      {
        status: 200,
        description: "The ID of the queued report.",
        content: json("TriggeredReport", z.object({ report_id: z.int().positive() })),
      },
    ],
    errors: ["invalid_store_id", "invalid_method", "store_not_found", "report_limit", "rate_limited"],
    example: "/store/8419537941919820732/trigger_report/",
  },
  {
    id: "getLegacyReport",
    access: needs.reportsRead,
    tag: "Reports",
    method: "POST",
    path: "/store/get_report/",
    summary: "Get a report's state or result (original endpoint)",
    description:
      "New integrations should use `GET /api/v1/reports/{report_id}`. `method` is optional: a report keeps the method it was triggered with, and a different one is an error.",
    query: GetReportQuerySchema,
    body: {
      content: json("GetReport", z.strictObject({ report_id: z.union([z.int().positive(), z.string()]) })),
      example: { report_id: 74 },
    },
    responses: [
      {
        status: 200,
        description: "Running, complete or failed.",
        content: json("LegacyReport", LegacyReportSchema),
        headers: { "Retry-After": "Seconds to wait before asking again, while it runs." },
      },
    ],
    errors: [
      "missing_report_id",
      "invalid_report_id",
      "invalid_method",
      "report_not_found",
      "report_expired",
      "rate_limited",
    ],
    example: "/store/get_report/",
  },
];
