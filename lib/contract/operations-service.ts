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
    summary: "Liveness probe",
    description: "Does not use the database or anything else, and is never limited.",
    responses: [
      {
        status: 200,
        description: "The process responds.",
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
    summary: "Readiness probe",
    description:
      "Ready: the database responds within a second, its schema is current, and its disk is not full. Otherwise `not_ready` names the failing check. Never limited.",
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
      "In the text format of Prometheus; docs/operations.md lists the names. Served here only when no other machine can connect; otherwise they have a separate port.",
    responses: [{ status: 200, description: "The metrics.", content: { mediaType: "text/plain" } }],
    errors: ["not_found"],
    example: "/metrics",
  },
  {
    id: "getSecurityContact",
    access: needs.nothing,
    tag: "Service",
    method: "GET",
    path: "/.well-known/security.txt",
    summary: "Get the security contact",
    description: "RFC 9116. Served only when the server has the setting SECURITY_CONTACT.",
    responses: [{ status: 200, description: "The contact.", content: { mediaType: "text/plain" } }],
    errors: ["not_found"],
    example: "/.well-known/security.txt",
  },
  {
    id: "getStatus",
    access: needs.storesRead,
    tag: "Service",
    method: "GET",
    path: "/api/v1/status",
    summary: "Get the service status",
    description: "What the pages show above their figures when something affects how to read them.",
    responses: [{ status: 200, description: "The status.", content: json("ServiceStatus", ServiceStatusSchema) }],
    errors: [],
    example: "/api/v1/status",
  },
];
