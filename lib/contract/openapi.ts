import type { z } from "zod";
import { schemaAddress, toInlineSchema, toNamedSchemas } from "./json-schema";
import { errorsOf, operationTags, type JsonContent, type Operation, type TextContent } from "./operation";
import { ProblemSchema } from "./problem";

/** What the table of errors says of each code. */
export type ProblemTable = Readonly<Record<string, { readonly status: number; readonly title: string }>>;

type Json = Record<string, unknown>;
type Content = JsonContent | TextContent | undefined;

/** @throws {Error} where one name stands for two schemas */
function collect(contents: readonly Content[], named: Map<string, z.ZodType>): Map<string, z.ZodType> {
  for (const content of contents) {
    if (content?.name === undefined || content.schema === undefined) continue;
    const known = named.get(content.name);
    if (known !== undefined && known !== content.schema) throw new Error(`Two schemas are called ${content.name}.`);
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

function contentOf(content: Content, example?: unknown): Json {
  if (content === undefined) return {};
  const { mediaType, name } = content;
  const schema = mediaType === "application/json" && name !== undefined ? { $ref: schemaAddress(name) } : undefined;
  return {
    content: { [mediaType]: { schema: schema ?? { type: "string" }, ...(example === undefined ? {} : { example }) } },
  };
}

function errorResponses(operation: Operation, problems: ProblemTable): Json {
  const texts = new Map<number, string[]>();
  for (const code of errorsOf(operation)) {
    const problem = problems[code];
    if (problem === undefined) throw new Error(`${operation.id} answers ${code}, which is not in the table of errors.`);
    texts.set(problem.status, [...(texts.get(problem.status) ?? []), `\`${code}\`: ${problem.title}.`]);
  }
  const content = { "application/problem+json": { schema: { $ref: schemaAddress("Problem") } } };
  return Object.fromEntries([...texts].map(([status, lines]) => [status, { description: lines.join("\n"), content }]));
}

function answersOf({ responses }: Operation): Json {
  return Object.fromEntries(
    responses.map(({ status, description, content, headers }) => {
      const named = Object.entries(headers ?? {}).map(([name, says]) => {
        return [name, { description: says, schema: { type: "string" } }] as const;
      });
      const withHeaders = named.length === 0 ? {} : { headers: Object.fromEntries(named) };
      return [status, { description, ...contentOf(content), ...withHeaders }];
    }),
  );
}

/** How a caller may be known, as the document says it: by a key of the scope, or as a person by a cookie. */
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
    ...(body === undefined ? {} : { requestBody: { required: true, ...contentOf(body.content, body.example) } }),
    responses: { ...errorResponses(operation, problems), ...answersOf(operation) },
  };
}

/**
 * The API as an OpenAPI 3.1 document, made of the same schemas that the handlers parse with.
 * @throws {Error} for a code of an error that is not in `problems`, and for a name that stands for two schemas
 */
export function openApiDocument(operations: readonly Operation[], problems: ProblemTable): Json {
  const sent = collect(
    operations.map(({ body }) => body?.content),
    new Map(),
  );
  const answers = operations.flatMap(({ responses }) => responses.map(({ content }) => content));
  const answered = collect(answers, new Map([["Problem", ProblemSchema]]));
  for (const name of sent.keys()) if (answered.has(name)) throw new Error(`${name} is both sent and answered.`);

  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = toOperation(operation, problems);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Store monitoring",
      version: "1",
      description:
        "How long each store was online inside its business hours. Instants are RFC 3339, durations whole milliseconds, ids text. Errors are application/problem+json with a stable `code` and a `request_id`.",
    },
    servers: [{ url: "/" }],
    tags: operationTags.filter((tag) => operations.some((one) => one.tag === tag)).map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "A key, `sm_live_…`, with the scope that is named." },
        session: { type: "apiKey", in: "cookie", name: "session", description: "A person who has signed in." },
      },
      schemas: { ...toNamedSchemas(sent, "input"), ...toNamedSchemas(answered, "output") },
    },
  };
}
