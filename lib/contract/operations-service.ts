import { z } from "zod";
import { json, type Operation } from "./operation";
import { etagHeader, ifNoneMatchHeader, notModified } from "./operation-parameters";

export const serviceOperations: readonly Operation[] = [
  {
    id: "getOpenApi",
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
];
