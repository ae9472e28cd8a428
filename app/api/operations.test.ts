import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { operationAt } from "@/lib/contract/test-support/expect-documented";
import { operations } from "@/lib/contract/operations";
import { openApiDocument } from "@/lib/contract/openapi";
import { apiDocument } from "@/lib/server/http/api-document";

type Answer = (request: Request, context: { params: Promise<object> }) => Promise<Response>;

function isRoute(module: unknown): module is { OPTIONS: Answer } {
  return typeof module === "object" && module !== null && "OPTIONS" in module && typeof module.OPTIONS === "function";
}

/** `GET /api/v1/stores/{}` for every method that a route.ts serves, except the catch-all routes for 404. */
async function servedByRoutes(): Promise<string[]> {
  const app = join(import.meta.dirname, "..");
  const files = readdirSync(app, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith("route.ts"));
  const served = await Promise.all(
    files.map(dirname).map(async (folder) => {
      if (folder.includes("[...")) return [];
      const module: unknown = await import(join(app, folder, "route.ts"));
      if (!isRoute(module)) throw new Error(`${folder}/route.ts does not export what handle gives.`);
      const answer = await module.OPTIONS(new Request("http://localhost/"), { params: Promise.resolve({}) });
      const methods = (answer.headers.get("allow") ?? "").split(", ");
      const path = `/${folder.replace(/\[[^\]]+\]/g, "{}")}`;
      return methods.filter((one) => one !== "HEAD" && one !== "OPTIONS").map((method) => `${method} ${path}`);
    }),
  );
  return served.flat();
}

it("documents every method of every route, and nothing else", async () => {
  const documented = operations.map(({ method, path }) => {
    return `${method} ${path.replace(/\/$/, "").replace(/\{[^}]+\}(\.(csv|ndjson)$)?/g, "{}")}`;
  });
  expect([...new Set(documented)].sort()).toEqual((await servedByRoutes()).sort());
});

it("gives every operation an id, an example of its own, and its path's parameters", () => {
  expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
  for (const operation of operations) {
    const { pathname, searchParams } = new URL(operation.example, "http://localhost");
    expect(operationAt(operation.method, pathname).id).toBe(operation.id);
    const inPath = [...operation.path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]);
    expect(Object.keys(operation.pathParameters ?? {})).toEqual(inPath);
    if (operation.query !== undefined) operation.query.parse(Object.fromEntries(searchParams));
    else expect([...searchParams]).toEqual([]);
    if (operation.body?.content.schema !== undefined && operation.body.content.mediaType === "application/json") {
      operation.body.content.schema.parse(operation.body.example);
    }
  }
});

it("summarises every operation in a few plain words, no two alike", () => {
  const summaries = operations.map(({ summary }) => summary);
  expect(new Set(summaries).size).toBe(summaries.length);
  for (const summary of summaries) expect(summary).toMatch(/^[A-Z][a-z]+ [^.]{2,46}$/);
  const oldText = /\b(anew|whoever|nobody|anybody|so many|at the most|stands? for|is said|made known|mend(ed)?)\b/i;
  expect(JSON.stringify(operations.map(({ summary, description }) => [summary, description]))).not.toMatch(oldText);
});

it("refers only to schemas in the document", () => {
  const text = JSON.stringify(apiDocument());
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]);
  const { schemas } = apiDocument()["components"] as { schemas: Record<string, unknown> };
  expect(references.length).toBeGreaterThan(operations.length);
  expect(references.filter((name) => name === undefined || !(name in schemas))).toEqual([]);
  expect(text).not.toContain('"$ref":"#/$defs');
});

it("lists all media types of every body, and Retry-After for every temporary error", () => {
  const { paths } = apiDocument() as { paths: Record<string, Record<string, DescribedOperation>> };
  for (const { id, path, method, body } of operations) {
    const described = paths[path]?.[method.toLowerCase()];
    const types = body === undefined ? [] : (body.mediaTypes ?? [body.content.mediaType]);
    expect(Object.keys(described?.requestBody?.content ?? {}).sort(), id).toEqual([...types].sort());
    for (const status of ["429", "503"]) {
      const response = described?.responses[status];
      if (response !== undefined) expect(Object.keys(response.headers ?? {}), id).toContain("Retry-After");
    }
  }
});

interface DescribedOperation {
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { readonly headers?: object }>>;
}

it("refuses an operation whose errors are not in the table", () => {
  const [first] = operations;
  if (first === undefined) throw new Error("There are no operations.");
  expect(() => openApiDocument([{ ...first, errors: ["no_such_code"] }], {})).toThrow(/table of errors/);
});
