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
    summary: "Queue a report of one store (as documented from the start)",
    description: "New programs should use `POST /api/v1/reports`. Only GET queues; HEAD does nothing.",
    pathParameters: storeIdParameter,
    query: TriggerReportQuerySchema,
    responses: [
      {
        status: 200,
        description: "The id of the queued report.",
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
    summary: "Get a report's state or result (as documented from the start)",
    description:
      "New programs should use `GET /api/v1/reports/{report_id}`. `method` need not be given: a report has the one that it was triggered with, and asking for another is an error.",
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
        headers: { "Retry-After": "Seconds after which to ask again, while it runs." },
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
