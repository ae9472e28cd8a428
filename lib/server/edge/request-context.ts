import type { IncomingHttpHeaders } from "node:http";
import { requestIdFrom } from "@/lib/server/http/request-id";

/** W3C Trace Context, version 00. */
const traceContext = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Identifies a request in our logs and in those of other systems. */
export interface RequestContext {
  readonly requestId: string;
  /** The caller's header as it came; null where there is none or it is malformed. */
  readonly traceparent: string | null;
  readonly traceId: string | null;
}

export function requestContext(headers: IncomingHttpHeaders): RequestContext {
  const requestId = requestIdFrom(headers["x-request-id"]);
  const traceparent = headers["traceparent"];
  const traceId = typeof traceparent === "string" ? traceContext.exec(traceparent)?.[1] : undefined;
  return typeof traceparent === "string" && traceId !== undefined && !/^0+$/.test(traceId)
    ? { requestId, traceparent, traceId }
    : { requestId, traceparent: null, traceId: null };
}
