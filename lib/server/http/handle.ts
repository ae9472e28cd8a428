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
import type { ApiRequest } from "./api-request";

/** What Next passes to a route handler beside the request. `P` names the dynamic segments of the route's path. */
export interface RouteContext<P> {
  readonly params: Promise<P>;
}

/** What our handlers get in addition: the viewer, who has the required scope. */
export interface HandlerContext<P> extends RouteContext<P> {
  readonly viewer: Viewer;
  /** Headers of the response, whether it is a success or an error. */
  readonly answerHeaders: Headers;
  /** Aborted when the response is no longer wanted: the client disconnected, or got a timeout. */
  readonly signal: AbortSignal;
}

export type RouteHandler<P> = (request: ApiRequest, context: HandlerContext<P>) => Promise<Response> | Response;

/** Exported by a `route.ts` under the methods' names. */
export type RouteExports<P> = Record<HttpMethod, (request: ApiRequest, context: RouteContext<P>) => Promise<Response>>;

/** The headers of the response to `GET`. Its body, which may be a stream that reads the database, is never started. */
async function withoutBody(response: Response): Promise<Response> {
  await response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

/** `Accept-Post` and `Accept-Patch`: the media types that the operation accepts. */
function takenTypes(method: HttpMethod, path: string | null): Record<string, string> {
  const body = operations.find((one) => one.method === method && path !== null && sharesRoute(one.path, path))?.body;
  if (body === undefined || (method !== "POST" && method !== "PATCH")) return {};
  return { [`accept-${method.toLowerCase()}`]: (body.mediaTypes ?? [body.content.mediaType]).join(", ") };
}

/** @throws AppError not_acceptable when the caller does not accept the media type of `response` */
async function requireAcceptable(request: ApiRequest, response: Response): Promise<void> {
  response.headers.append("vary", "Accept");
  const type = response.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (response.status !== 200 || type === undefined) return;
  if (acceptQuality(request.headers.get("accept"), type) > 0) return;
  await response.body?.cancel();
  throw new AppError("not_acceptable", `The response would be ${type}, which the Accept header does not allow.`);
}

/** Paths without the names of their parameters, which may differ between a route and its operations. */
const shapeOf = (path: string): string => path.replace(/\/$/, "").replace(/\{[^}]+\}/g, "{}");

const sharesRoute = (one: string, other: string): boolean => shapeOf(one) === shapeOf(other);

/** @throws {Error} when no such operation is described, which is a bug and fails at once */
function accessOf(method: HttpMethod, path: string): OperationAccess {
  const described = method === "HEAD" ? "GET" : method;
  const operation = operations.find((one) => one.method === described && shapeOf(one.path) === shapeOf(path));
  if (operation === undefined) throw new Error(`There is no operation ${method} ${path} in lib/contract.`);
  return operation.access;
}

/** After this a read gets 503. Changes have no timeout: they always run to their end. */
const readTimeoutMs = 10_000;
/**
 * After this a slow read checks whether the pool has a free connection, which takes up to 1.5 s. If not, it ends with
 * 503.
 */
const connectionCheckMs = 3_000;

/**
 * Rejects a read with `query_timeout` after 10 s, or after 3 s if the pool has no free connection.
 * @param waited seconds that the caller asked to wait, which are added
 * @param timeout is aborted when the read takes too long
 */
function withReadTimeout(answered: Promise<Response>, waited: number, timeout: AbortController): Promise<Response> {
  const afterConnectionCheck = withTimeout(answered, connectionCheckMs + waited * 1_000, "The answer").catch(
    async (cause: unknown) => {
      if (!(cause instanceof TimeoutError)) throw cause;
      return withTimeout(answered, (await hasFreeConnection()) ? readTimeoutMs - connectionCheckMs : 0, "The answer");
    },
  );
  return afterConnectionCheck.catch((cause: unknown) => {
    if (!(cause instanceof TimeoutError)) throw cause;
    timeout.abort();
    void answered.then((response) => response.body?.cancel()).catch(() => undefined);
    throw new AppError("query_timeout", "The response took too long. Try again later.", { cause });
  });
}

/**
 * Turns the handlers of a route into the exports of its `route.ts`, so that every response under `/api` and `/store` is
 * ours: errors are problem+json with a request id, unexpected errors are logged and reveal nothing, and a method
 * without a handler gets 405 with `Allow`. `HEAD` responds like `GET` without a body; a `GET` that changes something
 * needs its own `HEAD`. Responses are not cached unless a handler says so.
 * @param path of the operations that the route serves, as in lib/contract, which declares who may call them. null: the
 *   route serves no operation and does not look up the viewer
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
    async (request: ApiRequest, context: RouteContext<P>): Promise<Response> => {
      const requestId = requestIdFrom(request.headers.get("x-request-id"));
      const answerHeaders = new Headers();
      let response: Response;
      try {
        const handler = served[method];
        if (handler === undefined) {
          throw new AppError("method_not_allowed", `${method} is not supported here; use ${allow}.`);
        }
        const timeout = new AbortController();
        const answer = async (): Promise<Response> => {
          const viewer = await admitViewer(request, accesses.get(method) ?? needs.nothing);
          return handler(request, {
            ...context,
            viewer,
            answerHeaders,
            // A getter, because few handlers use it.
            get signal() {
              return AbortSignal.any([request.signal, timeout.signal]);
            },
          });
        };
        const isReading = method === "GET" || method === "HEAD";
        response = await (isReading ? withReadTimeout(answer(), secondsToWait(request), timeout) : answer());
        // After a change the response must not become an error.
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
