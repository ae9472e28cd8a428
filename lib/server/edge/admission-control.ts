import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, problems } from "@/lib/server/errors";
import type { Log } from "@/lib/server/log";
import { metrics } from "@/lib/server/metrics/metrics";
import { clientAddressHeader } from "@/lib/server/http/client-address";
import { type DatabaseGate, isDatabaseSuspected } from "@/lib/server/health/database-gate";
import type { LoadShedder } from "./load-shedder";
import { problemText } from "@/lib/server/http/problem";
import { isApiPath, routedPath } from "@/lib/server/http/request-path";
import { isAlwaysAdmitted } from "./special-paths";
import type { AdmissionQueue } from "./admission-queue";
import { refusalPage, refusalPagePolicy } from "./refusal-page";
import { hasBody } from "./upgrade";

/** What a valid request passes before it reaches its handler. */
export interface AdmissionControls {
  readonly shedder: LoadShedder;
  readonly queue: AdmissionQueue;
  readonly gate: DatabaseGate;
  readonly log: Log;
  /** Counts a page view by client address. @throws AppError rate_limited */
  readonly limitPage: (address: string) => Promise<void>;
}

/** Rejected requests are logged at most this often, with their number. */
const rejectionLogMs = 10_000;
const rejections = { count: 0, loggedAt: -Infinity };

function countRejection(log: Log, inFlight: number): void {
  rejections.count++;
  if (performance.now() - rejections.loggedAt < rejectionLogMs) return;
  log.warn({ refused: rejections.count, inFlight }, "too many requests, some are rejected");
  Object.assign(rejections, { count: 0, loggedAt: performance.now() });
}

/** Making a page takes about this many times the work of an API response. */
const pageWeight = 4;

/**
 * Admits a request, or responds with 503: when too many are in progress, or when the database does not respond. A
 * request counts from the end of its body until the head of its response, so that a slow connection takes no place from
 * others.
 */
export async function admitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { shedder, queue, gate, log, limitPage }: AdmissionControls,
): Promise<boolean> {
  const path = routedPath(request.url ?? "") ?? "";
  if (isAlwaysAdmitted(path)) return true;
  const weight = isApiPath(path) ? 1 : pageWeight;
  if (!shedder.hasRoom(weight)) {
    metrics().httpShed.inc({ reason: "overloaded" });
    countRejection(log, shedder.inFlight);
    refuse(request, response, new AppError("overloaded", "Too many requests are in progress. Try again shortly."));
    return false;
  }
  // A request that waits at the gate continues as soon as the gate opens. It takes its place now, or all of them would
  // enter at once.
  const leaveGate = shedder.enter(weight);
  const isOpen = await gate.isOpen();
  if (isOpen) await queue.pass();
  leaveGate();
  if (!isOpen) {
    metrics().httpShed.inc({ reason: "database_unavailable" });
    const detail = "The database is not responding. Nothing is lost. Try again in a few seconds.";
    refuse(request, response, new AppError("database_unavailable", detail));
    return false;
  }
  if (!isApiPath(path)) {
    try {
      await limitPage(String(request.headers[clientAddressHeader] ?? ""));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse(request, response, error);
      return false;
    }
  }
  // A client that has disconnected gets no response, so no event would free its place.
  if (response.destroyed) return false;
  let leave: () => void = () => undefined;
  let headSent = false;
  const enter = (): void => {
    if (!headSent) leave = shedder.enter(weight);
  };
  onHead(response, () => {
    headSent = true;
    leave();
    // A page that failed on a lost connection before the loss was known.
    if (response.statusCode === 500 && !isApiPath(path) && isDatabaseSuspected()) {
      response.statusCode = 503;
      response.setHeader("retry-after", "2");
    }
  });
  response.once("close", () => {
    headSent = true;
    leave();
  });
  if (hasBody(request)) request.once("end", enter);
  else enter();
  return true;
}

/** Calls `act` just before the response head is written. */
function onHead(response: ServerResponse, act: () => void): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]): ServerResponse => {
    response.statusCode = status;
    act();
    return writeHead(response.statusCode, ...rest);
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, error: AppError): void {
  const requestId = String(request.headers["x-request-id"]);
  const { headers = {} } = error.options;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  // Spread over time, or all clients would retry in the same second.
  const retrySeconds = Number(headers["retry-after"] ?? 1 + Math.ceil(Math.random() * 2));
  const { status, title } = problems[error.code];
  response.setHeader("retry-after", String(retrySeconds));
  response.setHeader("cache-control", "no-store");
  if (request.method === "GET" && (request.headers.accept ?? "").includes("text/html")) {
    response.setHeader("content-security-policy", refusalPagePolicy);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.writeHead(status).end(refusalPage(title, error.message, requestId, retrySeconds));
    return;
  }
  response.setHeader("content-type", "application/problem+json");
  const body = problemText(error, requestId);
  response.writeHead(status).end(request.method === "HEAD" ? "" : body);
}
