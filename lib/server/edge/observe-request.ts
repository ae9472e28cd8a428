import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "@/lib/server/log";
import { metrics } from "@/lib/server/metrics/metrics";
import { clientAddressHeader } from "@/lib/server/http/client-address";
import { isHttpMethod } from "@/lib/server/http/methods";
import { isQuiet } from "./special-paths";
import { requestContext } from "./request-context";
import type { RouteTemplates } from "./route-template";

/**
 * Gives a request its id, and when its answer has ended (or nobody waits for it any more) one line in the log and one
 * observation in the metrics. The query is never logged: what stands there may be a secret or somebody's data.
 */
export function observeRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { log, templateOf }: { readonly log: Log; readonly templateOf: RouteTemplates },
): void {
  const startedMs = performance.now();
  const { headers, method = "" } = request;
  const { requestId, traceparent, traceId } = requestContext(headers);
  headers["x-request-id"] = requestId;
  response.setHeader("x-request-id", requestId);
  if (traceparent !== null) response.setHeader("traceparent", traceparent);
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  response.once("close", () => {
    const durationMs = performance.now() - startedMs;
    const route = templateOf(path);
    const aborted = !response.writableFinished;
    // Nginx's number for a client that left before its answer.
    const status = aborted && !response.headersSent ? 499 : response.statusCode;
    metrics().httpSeconds.observe(
      { route, method: isHttpMethod(method) ? method : "other", status: String(status) },
      durationMs / 1000,
    );
    // What was refused for want of a database or of time comes in thousands: the guards say so once for all.
    const many = status === 503 || (isQuiet(path) && status < 400);
    const level = many ? "debug" : status >= 500 ? "warn" : "info";
    if (!log.isLevelEnabled(level)) return;
    log[level](
      {
        requestId,
        ...(traceId === null ? {} : { traceId }),
        method,
        route,
        path: path.slice(0, 500),
        status,
        ...(aborted ? { aborted } : {}),
        durationMs: Math.round(durationMs * 10) / 10,
        client: headers[clientAddressHeader],
      },
      "request",
    );
  });
}
