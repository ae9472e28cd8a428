import { isDeepStrictEqual } from "node:util";
import { errorsOf, type Operation } from "@/lib/contract/operation";
import { operations } from "@/lib/contract/operations";
import { ProblemSchema } from "@/lib/contract/problem";

function pattern(path: string): RegExp {
  const parts = path.replace(/\/$/, "").split(/\{[^}]+\}/);
  return new RegExp(`^${parts.map((part) => part.replace(/[.*+?^$()|[\]\\]/g, "\\$&")).join("[^/]+?")}/?$`);
}

const parameterCount = ({ path }: Operation): number => path.split("{").length;

/** The operation that serves an address: the one with the most literal path. */
export function operationAt(method: string, pathname: string): Operation {
  const served = operations
    .filter((one) => one.method === (method === "HEAD" ? "GET" : method) && pattern(one.path).test(pathname))
    .toSorted((a, b) => parameterCount(a) - parameterCount(b) || b.path.length - a.path.length);
  const [found] = served;
  if (found === undefined) throw new Error(`No operation is documented for ${method} ${pathname}.`);
  return found;
}

/**
 * Checks a real response against the operation's documentation: status, media type, the body by its schema without
 * other fields, and that the code of an error is listed.
 * @returns the body: JSON parsed, anything else as text
 * @throws {Error} saying what is not documented
 */
export async function expectDocumented(request: Request, response: Response): Promise<unknown> {
  const operation = operationAt(request.method, new URL(request.url).pathname);
  const text = await response.clone().text();
  const wrong = (what: string): Error =>
    new Error(`${operation.id} answered ${response.status} with ${what}: ${text.slice(0, 500)}`);
  const mediaType = (response.headers.get("content-type") ?? "").split(";")[0]?.trim();

  if (mediaType === "application/problem+json") {
    const problem = ProblemSchema.parse(JSON.parse(text));
    if (!errorsOf(operation).includes(problem.code)) throw wrong(`the code ${problem.code}, which it does not list`);
    if (problem.status !== response.status) throw wrong(`the status ${problem.status} in its body`);
    return problem;
  }
  const said = operation.responses.find(({ status }) => status === response.status);
  if (said === undefined) throw wrong("a status that it does not list");
  if (request.method === "HEAD" || said.content === undefined) {
    if (text !== "") throw wrong("a body");
    return "";
  }
  if (mediaType !== said.content.mediaType) throw wrong(`the media type ${mediaType ?? ""}`);
  const { schema } = said.content;
  if (schema === undefined) return text;
  const documents = said.content.mediaType === "application/json" ? [text] : text.split("\n").filter(Boolean);
  const values = documents.map((one): unknown => JSON.parse(one));
  for (const value of values) {
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw wrong(`what its schema does not allow (${parsed.error.message})`);
    if (!isDeepStrictEqual(parsed.data, value)) throw wrong("fields that its schema does not name");
  }
  return said.content.mediaType === "application/json" ? values[0] : text;
}
