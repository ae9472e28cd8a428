import type { z } from "zod";
import type { OperationAccess } from "./scopes";

export const operationTags = ["Stores", "Uptime", "Fleet", "Reports", "Data", "Webhooks", "Access", "Service"] as const;
export type OperationTag = (typeof operationTags)[number];

export type OperationMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A value that stands in the path or in a header. */
export interface OperationParameter {
  readonly schema: z.ZodType;
  readonly description: string;
}

/** A body that is JSON by a schema. `name` is the schema's name in the document: one name, one schema. */
export interface JsonContent {
  readonly mediaType: "application/json";
  readonly name: string;
  readonly schema: z.ZodType;
}

/** A body that is no JSON document: CSV, or JSON lines, of which `name` and `schema` describe one. */
export interface TextContent {
  readonly mediaType: string;
  readonly name?: string;
  readonly schema?: z.ZodType;
}

export interface OperationBody {
  readonly content: JsonContent | TextContent;
  /** All that the body may come as, where that is more than the content's own. */
  readonly mediaTypes?: readonly string[];
  /** As sent by the example. */
  readonly example: unknown;
}

export interface OperationResponse {
  readonly status: number;
  readonly description: string;
  readonly content?: JsonContent | TextContent;
  /** What each header of note says. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One thing that the API does, as the document and the docs page say it and as the tests hold it. */
export interface Operation {
  /** camelCase, unique. */
  readonly id: string;
  readonly tag: OperationTag;
  readonly method: OperationMethod;
  /** With its parameters in braces: `/api/v1/stores/{store_id}`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  /** Who may call it. */
  readonly access: OperationAccess;
  /** One for each pair of braces in the path. */
  readonly pathParameters?: Readonly<Record<string, OperationParameter>>;
  /** The schema that the handler reads the query by. None: any parameter is an error. */
  readonly query?: z.ZodObject;
  readonly headers?: Readonly<Record<string, OperationParameter>>;
  readonly body?: OperationBody;
  readonly responses: readonly OperationResponse[];
  /** Codes of `lib/server/errors.ts` that are this operation's own, beside `commonErrors` (and `bodyErrors`). */
  readonly errors: readonly string[];
  /** An address that works, path and query: what curl is shown with and what the tests call. */
  readonly example: `/${string}`;
}

/** What every operation may answer. */
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

/** What every operation that takes a JSON body may answer besides. */
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

/** What every operation may answer that not anyone may call. */
const accessErrors = ["unauthenticated", "insufficient_scope", "cross_site_request", "setup_required"] as const;

/** Codes of every error that the operation may answer. */
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
