import type { z } from "zod";
import type { OperationAccess } from "./scopes";

export const operationTags = ["Stores", "Uptime", "Fleet", "Reports", "Data", "Webhooks", "Access", "Service"] as const;
export type OperationTag = (typeof operationTags)[number];

export type OperationMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A parameter in the path or in a header. */
export interface OperationParameter {
  readonly schema: z.ZodType;
  readonly description: string;
}

/** A JSON body with a schema. `name` is the schema's name in the document: one name, one schema. */
export interface JsonContent {
  readonly mediaType: "application/json";
  readonly name: string;
  readonly schema: z.ZodType;
}

/** A body that is not a JSON document: CSV, or JSON lines, of which `name` and `schema` describe one. */
export interface TextContent {
  readonly mediaType: string;
  readonly name?: string;
  readonly schema?: z.ZodType;
  /** The first lines of a body without a schema. */
  readonly example?: string;
}

export interface OperationBody {
  readonly content: JsonContent | TextContent;
  /** All accepted media types, if more than the content's own. */
  readonly mediaTypes?: readonly string[];
  /** As in the example. */
  readonly example: unknown;
}

export interface OperationResponse {
  readonly status: number;
  readonly description: string;
  readonly content?: JsonContent | TextContent;
  /** Descriptions of the notable headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API, as described by the document and the docs page and checked by the tests. */
export interface Operation {
  /** camelCase, unique. */
  readonly id: string;
  readonly tag: OperationTag;
  readonly method: OperationMethod;
  /** With parameters in braces: `/api/v1/stores/{store_id}`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  /** Who may call it. */
  readonly access: OperationAccess;
  /** One for each pair of braces in the path. */
  readonly pathParameters?: Readonly<Record<string, OperationParameter>>;
  /** The schema that the handler parses the query with. None: any parameter is an error. */
  readonly query?: z.ZodObject;
  readonly headers?: Readonly<Record<string, OperationParameter>>;
  readonly body?: OperationBody;
  readonly responses: readonly OperationResponse[];
  /**
   * Codes of `lib/server/errors.ts` that are specific to this operation, in addition to `commonErrors` (and
   * `bodyErrors`).
   */
  readonly errors: readonly string[];
  /** A working example address, path and query: shown with curl and called by the tests. */
  readonly example: `/${string}`;
}

/** Errors of every operation. */
const commonErrors = [
  "bad_request",
  "bad_encoding",
  "unknown_parameter",
  "duplicate_parameter",
  "key_in_url",
  "host_not_allowed",
  "method_not_allowed",
  "not_acceptable",
  "uri_too_long",
  "expectation_failed",
  "headers_too_large",
  "internal",
  "database_unavailable",
  "overloaded",
  "query_timeout",
] as const;

/** Additional errors of every operation with a JSON body. */
const bodyErrors = [
  "empty_body",
  "invalid_json",
  "duplicate_key",
  "invalid_type",
  "unknown_field",
  "unsupported_media_type",
  "unsupported_encoding",
  "body_too_large",
  "body_too_deep",
  "body_too_complex",
  "body_too_fragmented",
  "request_timeout",
  "incomplete_upload",
] as const;

/** Additional errors of every operation that requires authentication. */
const accessErrors = ["unauthenticated", "insufficient_scope", "cross_site_request", "setup_required"] as const;

/** Every error code of the operation. */
export function errorsOf({ access, errors, body }: Operation): readonly string[] {
  const ofAccess = access.scope === "anyone" ? [] : accessErrors;
  return [...new Set([...errors, ...(body === undefined ? [] : bodyErrors), ...ofAccess, ...commonErrors])];
}

/** A JSON body of the given name and schema. */
export function json(name: string, schema: z.ZodType): JsonContent {
  return { mediaType: "application/json", name, schema };
}

/** The parameters of the query, by name. */
export function queryOf({ query }: Operation): Readonly<Record<string, z.ZodType>> {
  return query?.shape ?? {};
}
