import { z } from "zod";
import { json, type Operation } from "./operation";
import { ServiceStatusSchema } from "./status";
import { etagHeader, ifNoneMatchHeader, notModified } from "./operation-parameters";
import { needs } from "./scopes";

export const serviceOperations: readonly Operation[] = [
  {
    id: "getOpenApi",
    access: needs.nothing,
    tag: "Service",
    method: "GET",
    path: "/api/openapi.json",
    summary: "Get this document",
    headers: ifNoneMatchHeader,
    responses: [
      {
        status: 200,
        description: "OpenAPI 3.1.",
        content: json("OpenApi", z.looseObject({ openapi: z.literal("3.1.0") })),
        headers: etagHeader,
      },
      notModified,
    ],
    errors: [],
    example: "/api/openapi.json",
  },
  {
    id: "getLiveness",
    access: needs.nothing,
    tag: "Service",
    method: "GET",
    path: "/api/livez",
    summary: "Ask whether the process answers",
    description: "Asks neither the database nor anything else, and is never limited.",
    responses: [
      {
        status: 200,
        description: "It does.",
        content: json("Liveness", z.object({ status: z.literal("alive") })),
      },
    ],
    errors: [],
    example: "/api/livez",
  },
  {
    id: "getReadiness",
    access: needs.nothing,
    tag: "Service",
    method: "GET",
    path: "/api/readyz",
    summary: "Ask whether requests can be served",
    description:
      "Ready: the database answers within a second, its schema is as new as the program, and its disk is not full. Otherwise `not_ready` says which of these does not hold. Never limited.",
    responses: [
      {
        status: 200,
        description: "Ready.",
        content: json("Readiness", z.object({ status: z.literal("ready") })),
      },
    ],
    errors: ["not_ready"],
    example: "/api/readyz",
  },
  {
    id: "getMetrics",
    access: needs.fleetAdmin,
    tag: "Service",
    method: "GET",
    path: "/metrics",
    summary: "Get the metrics of the web server",
    description:
      "In the text format of Prometheus; docs/operations.md lists the names. Served here only where nobody but this machine gets in; elsewhere they have a port of their own.",
    responses: [{ status: 200, description: "The metrics.", content: { mediaType: "text/plain" } }],
    errors: ["not_found"],
    example: "/metrics",
  },
  {
    id: "getStatus",
    access: needs.storesRead,
    tag: "Service",
    method: "GET",
    path: "/api/v1/status",
    summary: "Ask how the service is",
    description: "What the pages say above their figures where something changes how these are to be read.",
    responses: [{ status: 200, description: "How it is.", content: json("ServiceStatus", ServiceStatusSchema) }],
    errors: [],
    example: "/api/v1/status",
  },
];
