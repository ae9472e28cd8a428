import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "@/lib/server/log";
import { metrics } from "@/lib/server/metrics/metrics";
import { clientAddressHeader } from "@/lib/server/http/client-address";
import { isHttpMethod } from "@/lib/server/http/methods";
import { isQuiet } from "./special-paths";
import { requestContext } from "./request-context";
import type { RouteTemplates } from "./route-template";

/**
 * Gives a request its id. When its response ends, or its client disconnects, writes one log line and one metric
 * observation. The query is never logged: it may hold secrets or personal data.
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
    // Nginx's status for a client that disconnected before its response.
    const status = aborted && !response.headersSent ? 499 : response.statusCode;
    metrics().httpSeconds.observe(
      { route, method: isHttpMethod(method) ? method : "other", status: String(status) },
      durationMs / 1000,
    );
    // 503 responses come in thousands. Admission control logs them in summary.
    const isRoutine = status === 503 || (isQuiet(path) && status < 400);
    const level = isRoutine ? "debug" : status >= 500 ? "warn" : "info";
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
