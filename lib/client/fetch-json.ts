import type { z } from "zod";

/** A request that failed, in words for people and with what a support person asks for. */
export class RequestError extends Error {
  constructor(
    message: string,
    /** The problem's `code`; `unreachable` where no answer came, `unreadable` where it was not what was promised. */
    readonly code: string,
    /** The HTTP status; null where no answer came. */
    readonly status: number | null,
    readonly requestId: string | null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "RequestError";
  }
}

/** Whether there was no answer, or the server was at fault; not where it said that the request is. */
export function isUnanswered(error: Error | null): boolean {
  return error !== null && (!(error instanceof RequestError) || error.status === null || error.status >= 500);
}

async function problemOf(response: Response): Promise<RequestError> {
  const body: unknown = await response.json().catch(() => null);
  const { ProblemSchema } = await import("@/lib/contract/problem");
  const problem = ProblemSchema.safeParse(body);
  if (problem.success) {
    const { detail, title, code, status, request_id } = problem.data;
    return new RequestError(detail === "" ? title : detail, code, status, request_id);
  }
  const requestId = response.headers.get("x-request-id");
  return new RequestError(
    `The server returned an error (${String(response.status)}).`,
    "unreadable",
    response.status,
    requestId,
  );
}

/** As for `fetch`; `json` becomes the body. */
export type RequestOptions = RequestInit & { json?: unknown };

/** @throws RequestError where no answer came, or one that is an error */
async function request(path: string, { json, ...init }: RequestOptions): Promise<Response> {
  const headers = new Headers(init.headers);
  if (!headers.has("accept")) headers.set("accept", "application/json");
  if (json !== undefined) headers.set("content-type", "application/json");
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, body: json === undefined ? init.body : JSON.stringify(json) });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new RequestError("Can’t reach the server.", "unreachable", null, null, { cause });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Sends a request whose answer says nothing but that it was done. @throws RequestError */
export async function fetchDone(path: string, options: RequestOptions): Promise<void> {
  await request(path, options);
}

/** Fetches a file, with the name that the server gives it. @throws RequestError */
export async function fetchFile(
  path: string,
  options: RequestOptions,
): Promise<{ readonly blob: Blob; readonly name: string | null }> {
  const response = await request(path, options);
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? null;
  return { blob: await response.blob(), name };
}

async function readBody<Schema extends z.ZodType>(
  response: Response,
  loadSchema: () => Promise<Schema>,
): Promise<z.output<Schema>> {
  const reading: Promise<unknown> = response.json().catch(() => undefined);
  const [body, schema] = await Promise.all([reading, loadSchema()]);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const requestId = response.headers.get("x-request-id");
  throw new RequestError("The server sent a response this page can’t read.", "unreadable", response.status, requestId, {
    cause: parsed.error,
  });
}

/**
 * Fetches JSON and holds it against its schema.
 * @param loadSchema brings the schema when it is needed: pages arrive with their data and wake up without it
 * @throws RequestError for a network failure, a problem document, or a body that is not what the schema says
 */
export async function fetchJson<Schema extends z.ZodType>(
  path: string,
  loadSchema: () => Promise<Schema>,
  options: RequestOptions = {},
): Promise<z.output<Schema>> {
  return readBody(await request(path, options), loadSchema);
}

/** Like `fetchJson`, with the ETag of the response, for a change of what was read and of nothing else. */
export async function fetchTagged<Schema extends z.ZodType>(
  path: string,
  loadSchema: () => Promise<Schema>,
  options: RequestOptions = {},
): Promise<{ readonly data: z.output<Schema>; readonly etag: string }> {
  const response = await request(path, options);
  return { data: await readBody(response, loadSchema), etag: response.headers.get("etag") ?? "" };
}
