import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { clientAddress, clientAddressHeader } from "@/lib/server/http/client-address";
import { dropInternalHeaders, hasInternalQuery, withoutInternalQuery } from "./framework-headers";
import { cutLists, tooManyParts } from "./head-bounds";
import { foreignHost } from "./host-check";
import { httpMethods, isHttpMethod } from "@/lib/server/http/methods";
import { problemResponse } from "@/lib/server/http/problem";
import {
  isStaticAsset,
  isApiPath,
  isFrameworkPath,
  pageAddressHeader,
  routedPath,
} from "@/lib/server/http/request-path";
import { hasRepeatedSlashes } from "./request-target";
import { dataPolicy, newNonce, pagePolicy, responseHeaders } from "./response-headers";
import { isHttps } from "@/lib/server/http/request-scheme";

const pageMethods = ["GET", "HEAD"];
const maxAddressLength = 8 * 1024;

/**
 * The error for a request that must not reach the framework, which would respond with 500, an empty body or HTML, or
 * for an address that does not exist.
 * @param dev whether this is the development server, which serves more
 * @returns null for a request that may continue
 */
export function requestProblem(method: string, address: string, dev: boolean): AppError | null {
  if (!isHttpMethod(method)) return notAllowed(method, httpMethods);
  if (address.length > maxAddressLength) {
    return new AppError(
      "uri_too_long",
      `The address has ${address.length} characters; the maximum is ${maxAddressLength}.`,
    );
  }
  const path = routedPath(address);
  if (path === null || !address.startsWith("/")) {
    return new AppError("bad_request", "The address is neither a path nor an absolute http address.");
  }
  // The framework would redirect to an address made from this one, and a client that follows may send its body again.
  if (hasRepeatedSlashes(address)) {
    return new AppError("not_found", "There is nothing at this address: its path has a backslash or repeated slashes.");
  }
  const [asSent = ""] = address.split("?", 1);
  // A page reports unusable query parameters itself.
  const query = isApiPath(path) ? address.slice(asSent.length) : "";
  const fault = encodingProblem("path", asSent) ?? encodingProblem("query", query);
  if (fault !== null) return fault;
  // The framework removes these from a query, so handlers would not reject them.
  if (isApiPath(path) && hasInternalQuery(address)) {
    return new AppError("unknown_parameter", "The query has a parameter of the web framework. Remove it.");
  }
  if (dev || isApiPath(path)) return null;
  if (isFrameworkPath(path) && !isStaticAsset(path))
    return new AppError("not_found", "There is nothing at this address.");
  // Pages accept no data: changes go through the API.
  return pageMethods.includes(method) ? null : notAllowed(method, pageMethods);
}

/** Faults in a request's head that no handler looks at. */
function headProblem({ headers, httpVersion, rawHeaders }: IncomingMessage): AppError | null {
  const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === "host").length;
  if (hosts > 1 || (hosts === 0 && httpVersion !== "1.0")) {
    return new AppError("bad_request", `The request has ${hosts} Host headers; it takes exactly one.`);
  }
  const expected = headers.expect?.toLowerCase() ?? "100-continue";
  return expected === "100-continue"
    ? null
    : new AppError("expectation_failed", "The only supported expectation is 100-continue.");
}

function notAllowed(method: string, allowed: readonly string[]): AppError {
  const headers = { allow: allowed.join(", ") };
  return new AppError("method_not_allowed", `${method} is not supported here.`, { headers });
}

/** The framework repairs a query before any handler sees it, so the fault is visible only here. */
function encodingProblem(part: "path" | "query", text: string): AppError | null {
  try {
    decodeURIComponent(text);
    return null;
  } catch (cause) {
    return new AppError("bad_encoding", `A % in the ${part} is not followed by two hex digits of UTF-8 text.`, {
      cause,
    });
  }
}

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
  const answer = problemOf(refused, String(asked["x-request-id"]));
  const body = await answer.text();
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(method === "HEAD" ? "" : body);
  return false;
}

/** The error of Node's HTTP parser for bytes that it rejects. */
export interface ParserError {
  readonly code?: string;
  /** What it was reading. */
  readonly rawPacket?: Uint8Array;
}

function malformedProblem({ code, rawPacket }: ParserError, receiving: boolean): AppError {
  switch (code ?? "") {
    case "HPE_INVALID_METHOD":
      return new AppError("not_implemented", "The request has an unknown HTTP method.", {
        headers: { allow: httpMethods.join(", ") },
      });
    case "HPE_HEADER_OVERFLOW": {
      const start = Buffer.from(rawPacket?.subarray(0, 2 * maxAddressLength) ?? []).toString("latin1");
      return /^[A-Z]+ [^ \r\n]+$/.test(start) && start.length > maxAddressLength
        ? new AppError("uri_too_long", `The address is longer than the maximum of ${maxAddressLength} characters.`)
        : new AppError("headers_too_large", "The headers of the request are larger than 16 KiB.");
    }
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new AppError("request_timeout", "The request did not arrive in time.");
    case "HPE_UNEXPECTED_CONTENT_LENGTH":
    case "HPE_INVALID_CONTENT_LENGTH":
    case "HPE_INVALID_TRANSFER_ENCODING":
      return new AppError("bad_request", "The request has an invalid or repeated length.");
    case "HPE_INVALID_EOF_STATE":
      if (receiving) {
        return new AppError(
          "incomplete_upload",
          "The body ended before all of it arrived. Nothing was kept; send it again.",
        );
      }
      break;
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return new AppError("body_too_fragmented", "A chunk of the body has an extension longer than 16 KiB.");
    case "HPE_INVALID_CHUNK_SIZE":
      return new AppError("bad_request", "The body has invalid chunk encoding. Nothing of it was kept.");
  }
  return new AppError("bad_request", "This is not a valid HTTP/1.1 request.");
}

/**
 * The complete response, as sent, to bytes that are not a request, or stop being one.
 * @param receiving whether the head of a request had arrived and its body was in transit
 */
export async function rejectMalformed(fault: ParserError, receiving = false): Promise<string> {
  const problem = malformedProblem(fault, receiving);
  const answer = problemOf(problem);
  const body = await answer.text();
  const lines = Object.entries({
    ...responseHeaders(dataPolicy, false),
    ...Object.fromEntries(answer.headers),
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${answer.statusText || problem.code}\r\n${lines.join("")}\r\n${body}`;
}

function problemOf(problem: AppError, requestId: string = randomUUID()): Response {
  return problemResponse(problem, requestId, { "x-request-id": requestId });
}
