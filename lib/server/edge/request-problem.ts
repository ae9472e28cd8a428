import type { IncomingMessage } from "node:http";
import { AppError } from "@/lib/server/errors";
import { httpMethods, isHttpMethod } from "@/lib/server/http/methods";
import { isApiPath, isFrameworkPath, isStaticAsset, routedPath } from "@/lib/server/http/request-path";
import { hasInternalQuery } from "./framework-headers";
import { hasRepeatedSlashes } from "./request-target";

const pageMethods = ["GET", "HEAD"];
/** Characters of a request target. */
export const maxAddressLength = 8 * 1024;

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
export function headProblem({ headers, httpVersion, rawHeaders }: IncomingMessage): AppError | null {
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
