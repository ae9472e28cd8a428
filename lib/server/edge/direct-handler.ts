import { isHttpMethod } from "@/lib/server/http/methods";
import { decodePercent, isApiPath, routedPath } from "@/lib/server/http/request-path";
import { forwardedProtocol } from "@/lib/server/http/request-scheme";
import type { ApiRoutes } from "./api-routes";
import { DirectRequest, headersOf } from "./direct-request";
import { sendResponse } from "./send-response";
import type { RequestHandler } from "./web-server";

/**
 * Answers requests of programs with the handlers of their routes, without the framework, which takes many times as long
 * as most handlers.
 * @param framework answers all other requests
 * @param host and port of absolute addresses, where a request names none
 */
export function directHandler(framework: RequestHandler, routes: ApiRoutes, host: string): RequestHandler {
  return async (request, response) => {
    const { method = "", url = "" } = request;
    const path = routedPath(url) ?? "";
    const found = isApiPath(path) ? routes.find(path) : null;
    if (found === null || !isHttpMethod(method)) {
      await framework(request, response);
      return;
    }
    const protocol = forwardedProtocol(headersOf(request)) ?? "http:";
    const query = url.includes("?") ? url.slice(url.indexOf("?")) : "";
    const received = new DirectRequest(request, response, `${protocol}//${host}${path}${query}`);
    const answer = await found.value[method](received, { params: Promise.resolve(decodeAll(found.variables)) });
    await sendResponse(answer, request, response);
  };
}

function decodeAll(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).map(([name, part]) => [name, decodePercent(part)]));
}
