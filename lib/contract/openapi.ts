import type { z } from "zod";
import { schemaAddress, toInlineSchema, toNamedSchemas } from "./json-schema";
import {
  errorsOf,
  operationTags,
  type JsonContent,
  type Operation,
  type OperationBody,
  type TextContent,
} from "./operation";
import { ProblemSchema } from "./problem";

/** The status and title of each error code. */
export type ProblemTable = Readonly<Record<string, { readonly status: number; readonly title: string }>>;

type Json = Record<string, unknown>;
type Content = JsonContent | TextContent | undefined;

/** @throws {Error} when two schemas have the same name */
function collect(contents: readonly Content[], named: Map<string, z.ZodType>): Map<string, z.ZodType> {
  for (const content of contents) {
    if (content?.name === undefined || content.schema === undefined) continue;
    const known = named.get(content.name);
    if (known !== undefined && known !== content.schema) throw new Error(`Two schemas are named ${content.name}.`);
    named.set(content.name, content.schema);
  }
  return named;
}

function parametersOf({ pathParameters = {}, query, headers = {} }: Operation): Json[] {
  const of = (place: "path" | "header") => {
    const given = Object.entries(place === "path" ? pathParameters : headers);
    return given.map(([name, { schema, description }]) => {
      return { name, in: place, required: place === "path", description, schema: toInlineSchema(schema) };
    });
  };
  const { properties = {}, required = [] } = query === undefined ? {} : toInlineSchema(query);
  const inQuery = Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = typeof property === "boolean" ? {} : property;
    const says = description === undefined ? {} : { description };
    return { name, in: "query", required: required.includes(name), ...says, schema };
  });
  return [...of("path"), ...inQuery, ...of("header")];
}

function contentOf(content: Content, example?: unknown): { readonly content?: Json } {
  if (content === undefined) return {};
  const { mediaType, name } = content;
  const schema = mediaType === "application/json" && name !== undefined ? { $ref: schemaAddress(name) } : undefined;
  return {
    content: { [mediaType]: { schema: schema ?? { type: "string" }, ...(example === undefined ? {} : { example }) } },
  };
}

/** The media types of a body, of which only the first has a schema and the example. */
function bodyOf({ content, mediaTypes = [content.mediaType], example }: OperationBody): Json {
  const others = mediaTypes.filter((one) => one !== content.mediaType);
  const file = { type: "object", properties: { file: { type: "string" } }, required: ["file"] };
  const named = others.map(
    (one) => [one, { schema: one === "multipart/form-data" ? file : { type: "string" } }] as const,
  );
  const { content: first } = contentOf(content, example);
  return { required: true, content: { ...first, ...Object.fromEntries(named) } };
}

const header = (description: string): Json => ({ description, schema: { type: "string" } });
const retryAfter = { "Retry-After": header("Seconds to wait before retrying.") };

/** Headers of every error with a status. */
const errorHeaders: Readonly<Record<number, Json>> = {
  401: { "WWW-Authenticate": header("How to authenticate.") },
  405: { Allow: header("The methods that this path accepts.") },
  429: {
    ...retryAfter,
    "RateLimit-Policy": header('The limit: `"name";q=requests;w=seconds`. Not with `report_limit`.'),
    RateLimit: header('What remains: `"name";r=requests;t=seconds until reset`. Not with `report_limit`.'),
  },
  503: retryAfter,
};

function errorResponses(operation: Operation, problems: ProblemTable): Json {
  const texts = new Map<number, string[]>();
  for (const code of errorsOf(operation)) {
    const problem = problems[code];
    if (problem === undefined) throw new Error(`${operation.id} lists ${code}, which is not in the table of errors.`);
    texts.set(problem.status, [...(texts.get(problem.status) ?? []), `\`${code}\`: ${problem.title}.`]);
  }
  const content = { "application/problem+json": { schema: { $ref: schemaAddress("Problem") } } };
  const responses = [...texts].map(([status, lines]) => {
    const headers = errorHeaders[status];
    return [status, { description: lines.join("\n"), content, ...(headers === undefined ? {} : { headers }) }] as const;
  });
  return Object.fromEntries(responses);
}

function answersOf({ responses }: Operation): Json {
  return Object.fromEntries(
    responses.map(({ status, description, content, headers }) => {
      const named = Object.entries(headers ?? {}).map(([name, says]) => {
        return [name, header(says)] as const;
      });
      const withHeaders = named.length === 0 ? {} : { headers: Object.fromEntries(named) };
      return [status, { description, ...contentOf(content), ...withHeaders }];
    }),
  );
}

/** How a caller authenticates, in terms of the document: by a key with the scope, or as a person by a cookie. */
function securityOf({ access: { scope } }: Operation): Json[] {
  if (scope === "anyone") return [];
  return scope === "person" ? [{ session: [] }] : [{ key: [scope] }, { session: [] }];
}

function toOperation(operation: Operation, problems: ProblemTable): Json {
  const { id, tag, summary, description, access, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: securityOf(operation),
    ...(access.wholeFleet === true ? { "x-whole-fleet": true } : {}),
    parameters: parametersOf(operation),
    ...(body === undefined ? {} : { requestBody: bodyOf(body) }),
    responses: { ...errorResponses(operation, problems), ...answersOf(operation) },
  };
}

/**
 * The API as an OpenAPI 3.1 document, made from the same schemas that the handlers parse with.
 * @throws {Error} for an error code that is not in `problems`, and for a name used by two schemas
 */
export function openApiDocument(operations: readonly Operation[], problems: ProblemTable): Json {
  const sent = collect(
    operations.map(({ body }) => body?.content),
    new Map(),
  );
  const answers = operations.flatMap(({ responses }) => responses.map(({ content }) => content));
  const answered = collect(answers, new Map([["Problem", ProblemSchema]]));
  for (const name of sent.keys())
    if (answered.has(name)) throw new Error(`${name} is used in both a request and a response.`);

  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = toOperation(operation, problems);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Store Monitoring",
      version: "1",
      description:
        "Store uptime during business hours. Timestamps are RFC 3339 in UTC, durations are whole milliseconds, store IDs are strings. Unknown parameters and fields are rejected. Errors are application/problem+json with a stable `code` and a `request_id`. Rate limits are reported in RateLimit headers. Limits: JSON bodies 1,000,000 bytes and 32 levels, URLs 8,192 characters, headers 16 KiB.",
    },
    servers: [{ url: "/" }],
    tags: operationTags.filter((tag) => operations.some((one) => one.tag === tag)).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A key, `sm_live_…`, with the listed scope." },
        session: { type: "apiKey", in: "cookie", name: "session", description: "The session of a signed-in user." },
      },
      schemas: { ...toNamedSchemas(sent, "input"), ...toNamedSchemas(answered, "output") },
    },
  };
}
