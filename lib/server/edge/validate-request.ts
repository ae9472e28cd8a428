import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/server/env";
import { clientAddress, clientAddressHeader } from "@/lib/server/http/client-address";
import { problemResponse } from "@/lib/server/http/problem";
import { isApiPath, isFrameworkPath, pageAddressHeader, routedPath } from "@/lib/server/http/request-path";
import { isHttps } from "@/lib/server/http/request-scheme";
import { dropInternalHeaders, withoutInternalQuery } from "./framework-headers";
import { cutLists, tooManyParts } from "./head-bounds";
import { foreignHost } from "./host-check";
import { headProblem, requestProblem } from "./request-problem";
import { dataPolicy, newNonce, pagePolicy, responseHeaders } from "./response-headers";

/**
 * Validates a request, or responds to it here.
 * @param dev whether this is the development server
 * @returns whether the request may continue
 */
export async function validateRequest(
  request: IncomingMessage,
  response: ServerResponse,
  dev: boolean,
): Promise<boolean> {
  const { headers: asked, socket, method = "" } = request;
  const { TRUST_PROXY } = env();
  const excess = tooManyParts(request);
  cutLists(asked);
  const path = routedPath(request.url ?? "") ?? "";
  const isForPages = !isApiPath(path) && (dev || !isFrameworkPath(path));
  if (isForPages && excess === null) request.url = withoutInternalQuery(request.url ?? "");
  const { url = "" } = request;
  const https = isHttps(asked, TRUST_PROXY);
  const policy = isApiPath(path) ? dataPolicy : pagePolicy({ nonce: newNonce(), https, dev });
  // The framework takes the nonce from here, so no value of the client's may remain under these names.
  delete asked["content-security-policy-report-only"];
  asked["content-security-policy"] = policy;
  asked[pageAddressHeader] = url;
  // Of two headers Node would silently use the first; joined, they are not a valid key.
  const authorization = request.headersDistinct["authorization"] ?? [];
  if (authorization.length > 1) asked.authorization = authorization.join(", ");
  const forwarded = asked["x-forwarded-for"];
  asked[clientAddressHeader] = clientAddress(
    socket.remoteAddress ?? "",
    typeof forwarded === "string" ? forwarded : undefined,
    TRUST_PROXY,
  );
  dropInternalHeaders(asked, { isPage: isForPages, dev, trustedProxies: TRUST_PROXY });
  const refused = excess ?? headProblem(request) ?? foreignHost(request, env()) ?? requestProblem(method, url, dev);
  const isPage = refused === null && !isApiPath(path) && !isFrameworkPath(path);
  for (const [name, value] of Object.entries(responseHeaders(isPage ? policy : dataPolicy, https))) {
    response.setHeader(name, value);
  }
  if (refused === null) return true;
  // Parsing it cost more than most responses, and there may be more of these behind it.
  if (refused.code === "headers_too_large") response.setHeader("connection", "close");
  const requestId = String(asked["x-request-id"]);
  const answer = problemResponse(refused, requestId, { "x-request-id": requestId });
  const body = await answer.text();
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(method === "HEAD" ? "" : body);
  return false;
}
