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
    summary: "Get the OpenAPI document",
    headers: ifNoneMatchHeader,
    responses: [
      {
        status: 200,
        description: "The OpenAPI 3.1 document.",
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
    description: "Does not use the database or anything else. Not rate limited.",
    responses: [
      {
        status: 200,
        description: "The process is alive.",
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
      "Ready when the database responds within a second, its schema is up to date and its disk is not full. Otherwise `not_ready` names the cause. Not rate limited.",
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
    summary: "Get metrics",
    description:
      "Prometheus text format; docs/operations.md lists the names. Only served here while the server is reachable from this machine alone; otherwise metrics have their own port.",
    responses: [
      {
        status: 200,
        description: "The metrics.",
        content: { mediaType: "text/plain", example: "# TYPE http_requests_shed_total counter" },
      },
    ],
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
    responses: [
      {
        status: 200,
        description: "The contact.",
        content: {
          mediaType: "text/plain",
          example: "Contact: mailto:security@example.com\nExpires: 2026-07-27T00:00:00.000Z\nPreferred-Languages: en",
        },
      },
    ],
    errors: ["not_found"],
    example: "/.well-known/security.txt",
  },
  {
    id: "getStatus",
    access: needs.storesRead,
    tag: "Service",
    method: "GET",
    path: "/api/v1/status",
    summary: "Get service status",
    description: "The warnings that pages show above their figures.",
    responses: [{ status: 200, description: "The status.", content: json("ServiceStatus", ServiceStatusSchema) }],
    errors: [],
    example: "/api/v1/status",
  },
];
