import { operations } from "@/lib/contract/operations";
import { needs, type OperationAccess } from "@/lib/contract/scopes";
import { admitViewer } from "./request-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { TimeoutError, withTimeout } from "@/lib/server/health/timeout";
import { log } from "@/lib/server/log";
import { acceptQuality } from "./accept";
import { hasFreeConnection } from "@/lib/server/health/database-gate";
import { httpMethods, type HttpMethod } from "./methods";
import { requestIdFrom } from "./request-id";
import { problemResponse, toAppError } from "./problem";
import { secondsToWait } from "./wait-for";

/** What Next hands to a route handler beside the request. `P` names the dynamic segments of the route's path. */
export interface RouteContext<P> {
  readonly params: Promise<P>;
}

/** What a handler of ours is given besides: who asks, and may. */
export interface HandlerContext<P> extends RouteContext<P> {
  readonly viewer: Viewer;
  /** Of the answer, whatever it will be: an error carries them, too. */
  readonly answerHeaders: Headers;
  /** Aborted when nobody waits for the answer any more: the client has gone, or was told that it took too long. */
  readonly signal: AbortSignal;
}

export type RouteHandler<P> = (request: Request, context: HandlerContext<P>) => Promise<Response> | Response;

/** Exported by a `route.ts` under the methods' names. */
export type RouteExports<P> = Record<HttpMethod, (request: Request, context: RouteContext<P>) => Promise<Response>>;

/** The headers of what `GET` would answer; its body, which may be a stream that reads the database, is never begun. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

/** `Accept-Post` and `Accept-Patch`: what the operation's body may come as. */
function takenTypes(method: HttpMethod, path: string | null): Record<string, string> {
  const body = operations.find((one) => one.method === method && path !== null && sharesRoute(one.path, path))?.body;
  if (body === undefined || (method !== "POST" && method !== "PATCH")) return {};
  return { [`accept-${method.toLowerCase()}`]: (body.mediaTypes ?? [body.content.mediaType]).join(", ") };
}

/** @throws AppError not_acceptable where the caller takes nothing of the kind that `response` is */
async function requireAcceptable(request: Request, response: Response): Promise<void> {
  response.headers.append("vary", "Accept");
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (response.status !== 200 || type === undefined) return;
  if (acceptQuality(request.headers.get("accept"), type) > 0) return;
  await response.body?.cancel();
  throw new AppError("not_acceptable", `The answer would be ${type}, which the Accept header does not take.`);
}

/** Paths with their parameters' names left out: a route may call one otherwise than its operations do. */
const shapeOf = (path: string): string => path.replace(/\/$/, "").replace(/\{[^}]+\}/g, "{}");

const sharesRoute = (one: string, other: string): boolean => shapeOf(one) === shapeOf(other);

/** @throws {Error} where no such operation is described, which is a mistake of ours and found at once */
function accessOf(method: HttpMethod, path: string): OperationAccess {
  const described = method === "HEAD" ? "GET" : method;
  const operation = operations.find((one) => one.method === described && shapeOf(one.path) === shapeOf(path));
  if (operation === undefined) throw new Error(`There is no operation ${method} ${path} in lib/contract.`);
  return operation.access;
}

/** A read that takes longer is one that nobody waits for. What changes something is never left alone before its end. */
const readTimeoutMs = 10_000;
/** A read that takes so long may be waiting for a session: where there is none, which is known 1.5 s later, it ends. */
const connectionCheckMs = 3_000;

/**
 * @param waited seconds for which the caller means to wait, on top
 * @param timeout is aborted when it took too long
 */
function withReadTimeout(answered: Promise<Response>, waited: number, timeout: AbortController): Promise<Response> {
  const doubted = withTimeout(answered, connectionCheckMs + waited * 1_000, "The answer").catch(async (cause: unknown) => {
    if (!(cause instanceof TimeoutError)) throw cause;
    return withTimeout(answered, (await hasFreeConnection()) ? readTimeoutMs - connectionCheckMs : 0, "The answer");
  });
  return doubted.catch((cause: unknown) => {
    if (!(cause instanceof TimeoutError)) throw cause;
    timeout.abort();
    void answered.then((response) => response.body?.cancel()).catch(() => undefined);
    throw new AppError("query_timeout", "The answer took too long. Try again later.", { cause });
  });
}

/**
 * Turns the handlers of a route into all that its `route.ts` exports, so that every answer under `/api` and `/store`
 * is ours: errors are problem+json with a request id, a failure of ours is logged and tells nothing, a method without
 * a handler is 405 with `Allow`. `HEAD` answers as `GET` without a body; a `GET` that changes something needs a `HEAD`
 * of its own. What a handler answers is not stored by caches unless it says otherwise.
 * @param path of the operations that the route serves, as lib/contract describes them: who may call them stands there.
 *   null: the route serves none of them, and is told nothing of who asks
 */
export function handle<P = Record<string, never>>(
  path: `/${string}` | null,
  handlers: Partial<Record<Exclude<HttpMethod, "OPTIONS">, RouteHandler<P>>>,
): RouteExports<P> {
  const { GET } = handlers;
  const isSafe = handlers.HEAD === undefined;
  const served: Partial<Record<HttpMethod, RouteHandler<P>>> = {
    ...(GET === undefined ? {} : { HEAD: async (request, context) => withoutBody(await GET(request, context)) }),
    ...handlers,
    OPTIONS: () => new Response(null, { status: 204, headers: { allow } }),
  };
  const allowed = httpMethods.filter((method) => served[method] !== undefined);
  const allow = allowed.join(", ");
  const accesses = new Map(
    allowed.map((method) => [method, path === null || method === "OPTIONS" ? needs.nothing : accessOf(method, path)]),
  );

  const exported =
    (method: HttpMethod) =>
    async (request: Request, context: RouteContext<P>): Promise<Response> => {
      const requestId = requestIdFrom(request.headers.get("x-request-id"));
      const answerHeaders = new Headers();
      let response: Response;
      try {
        const handler = served[method];
        if (handler === undefined) {
          throw new AppError("method_not_allowed", `${method} is not served here; ${allow} are.`);
        }
        const timeout = new AbortController();
        const answer = async (): Promise<Response> => {
          const viewer = await admitViewer(request, accesses.get(method) ?? needs.nothing);
          return handler(request, {
            ...context,
            viewer,
            answerHeaders,
            // Made where it is used: few handlers do.
            get signal() {
              return AbortSignal.any([request.signal, timeout.signal]);
            },
          });
        };
        const isReading = method === "GET" || method === "HEAD";
        response = await (isReading ? withReadTimeout(answer(), secondsToWait(request), timeout) : answer());
        // What a request has changed must not be hidden behind an error.
        if (isReading && isSafe) await requireAcceptable(request, response);
      } catch (error) {
        const problem = toAppError(error);
        if (problem.code === "internal" || problem.cause !== undefined) {
          const { pathname } = new URL(request.url);
          const level = problem.code === "internal" ? "error" : "warn";
          log[level]({ requestId, method, pathname, code: problem.code, err: error }, "request failed");
        }
        response = problemResponse(problem, requestId, {
          ...(problem.code === "method_not_allowed" ? { allow } : {}),
          ...(problem.code === "unsupported_media_type" ? takenTypes(method, path) : {}),
        });
        if (method === "HEAD") response = await withoutBody(response);
      }
      for (const [name, value] of answerHeaders) response.headers.append(name, value);
      response.headers.set("x-request-id", requestId);
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "private, no-store");
      return response;
    };
  return {
    GET: exported("GET"),
    HEAD: exported("HEAD"),
    POST: exported("POST"),
    PUT: exported("PUT"),
    PATCH: exported("PATCH"),
    DELETE: exported("DELETE"),
    OPTIONS: exported("OPTIONS"),
  };
}
