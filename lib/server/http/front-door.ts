import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { clientAddress, clientAddressHeader } from "./client-address";
import { problemResponse } from "./problem";

const served = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const longestAddress = 8 * 1024;

/** On every answer, whoever makes it. */
const headers = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
};

/**
 * What is refused before the framework sees it, because it would answer with 500, an empty body or HTML.
 * @returns null for a request that goes on
 */
export function refusal(method: string, address: string): AppError | null {
  if (!served.includes(method)) return new AppError("method_not_allowed", `${method} is not served here.`);
  if (address.length > longestAddress) {
    return new AppError("uri_too_long", `The address has ${address.length} characters; ${longestAddress} are taken.`);
  }
  const [path = ""] = address.split("?", 1);
  // A page says itself what of its query makes no sense.
  const query = /^\/+(api|store)(\/|$)/.test(path) ? address.slice(path.length) : "";
  return misencoded("path", path) ?? misencoded("query", query);
}

/** The framework mends a query before any handler sees it, so this is where the fault still shows. */
function misencoded(part: "path" | "query", text: string): AppError | null {
  try {
    decodeURIComponent(text);
    return null;
  } catch (cause) {
    return new AppError("bad_encoding", `A % in the ${part} is not followed by the two hex digits of UTF-8 text.`, {
      cause,
    });
  }
}

/** Lets a request in, or answers it here; true if it was let in. */
export async function admit(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const { headers: asked, socket } = request;
  const forwarded = asked["x-forwarded-for"];
  asked[clientAddressHeader] = clientAddress(
    socket.remoteAddress ?? "",
    typeof forwarded === "string" ? forwarded : undefined,
    env().TRUST_PROXY,
  );
  const refused = refusal(request.method ?? "", request.url ?? "");
  if (refused === null) return true;
  const answer = problemOf(refused, String(asked["x-request-id"]));
  const body = await answer.text();
  // The body that was not read would be taken for the next request.
  response.setHeader("connection", "close");
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(request.method === "HEAD" ? "" : body);
  return false;
}

/** The whole answer, as sent, to bytes that are no request: what the parser of HTTP calls its error decides. */
export async function answerToGarbage(parserCode: string | undefined): Promise<string> {
  const problem =
    parserCode === "HPE_INVALID_METHOD"
      ? new AppError("not_implemented", "The method of the request is not one of HTTP.")
      : parserCode === "HPE_HEADER_OVERFLOW"
        ? new AppError("headers_too_large", "The headers of the request are larger than 16 KiB.")
        : parserCode === "ERR_HTTP_REQUEST_TIMEOUT"
          ? new AppError("request_timeout", "The request did not arrive in time.")
          : new AppError("bad_request", "This is not a request of HTTP/1.1.");
  const answer = problemOf(problem);
  const body = await answer.text();
  const lines = Object.entries({
    ...headers,
    ...Object.fromEntries(answer.headers),
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${answer.statusText || problem.code}\r\n${lines.join("")}\r\n${body}`;
}

function problemOf(problem: AppError, requestId: string = randomUUID()): Response {
  const allow = problem.code === "method_not_allowed" || problem.code === "not_implemented";
  return problemResponse(problem, requestId, {
    "x-request-id": requestId,
    ...(allow ? { allow: served.join(", ") } : {}),
  });
}
