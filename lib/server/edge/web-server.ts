import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Socket } from "node:net";
import { type Log, withoutRedaction } from "@/lib/server/log";
import { rejectMalformed, type ParserError } from "./malformed-request";
import { validateRequest } from "./validate-request";
import { bufferBody } from "./buffer-body";
import { admitRequest, type AdmissionControls } from "./admission-control";
import { observeRequest } from "./observe-request";
import { Pipeline } from "./pipeline";
import { ReadScheduler } from "./read-scheduler";
import { originForm } from "./request-target";
import type { RouteTemplates } from "./route-template";
import { hasBody, ignoreUpgrades, stopsParser, type UpgradeHandler } from "./upgrade";

/** Responds to a valid request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const drainMs = 25_000;
const sweepMs = 100;
/** Connections that may wait to be accepted. A client that finds the backlog full retries only after a second. */
const maxBacklog = 4_096;
/** How long the rest of an unread body may keep arriving. */
const discardMs = 30_000;

/** A running HTTP server. */
export interface WebServer {
  readonly port: number;
  /** Accepts no more connections, waits up to 25 s for requests in progress, then resolves. */
  drain(): Promise<void>;
}

export interface ServeOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether this is the development server, which serves more and whose pages may do more. */
  readonly dev: boolean;
  /** Takes the hot-reload sockets of the development server; null in production. */
  readonly reload: UpgradeHandler | null;
  readonly log: Log;
  readonly templateOf: RouteTemplates;
  /** Null: every valid request is admitted. */
  readonly admission: AdmissionControls | null;
}

/**
 * Serves `handler` behind request validation and admission control.
 * @throws {Error} with code `EADDRINUSE` when another program uses the port
 */
export async function serve(handler: RequestHandler, options: ServeOptions): Promise<WebServer> {
  let draining = false;
  const scheduler = new ReadScheduler();
  const observation = { log: withoutRedaction(options.log), templateOf: options.templateOf };
  const pipeline = new Pipeline(scheduler, (request, response) => {
    if (draining || (stopsParser(request) && hasBody(request))) response.setHeader("connection", "close");
    normalizeTarget(request);
    // The framework adds up to ten listeners to a response, and each part of this server one. Node would warn of a leak.
    response.setMaxListeners(30);
    observeRequest(request, response, observation);
    response.once("finish", () => {
      discardRest(request);
    });
    void answer(handler, request, response, options);
  });
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    options.admission?.queue.recordArrival();
    if (hasBody(request)) bufferBody(request, response, scheduler);
    pipeline.take(request, response);
  };
  // We respond to what the HTTP parser rejects. Its own response would have an empty body.
  const server = createServer({ requireHostHeader: false }, take);
  server.on("checkExpectation", take);
  // Node would silently drop headers beyond its limit, a Content-Length among them. Validation rejects such a request.
  server.maxHeadersCount = 0;
  server.on("connection", (socket) => {
    scheduler.track(socket);
    options.admission?.queue.recordArrival();
  });
  // An upload over a slow connection may take hours. The worst that it can do is to occupy its own connection.
  server.requestTimeout = 0;
  server.headersTimeout = 60_000;
  // Longer than the keep-alive timeout of proxies, or they would send into a connection that is closing.
  server.keepAliveTimeout = 65_000;
  server.on("clientError", (error: Error & ParserError, socket) => {
    if (!socket.writable || error.code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    const response = socket instanceof Socket ? pipeline.last(socket) : undefined;
    const isAnswering = response !== undefined && !response.writableFinished;
    if (isAnswering && response.req.complete) {
      // The malformed bytes follow a complete request. The error must not be taken for its response.
      response.shouldKeepAlive = false;
      response.once("finish", () => socket.end());
      return;
    }
    void rejectMalformed(error, isAnswering).then((text) => socket.end(text));
  });
  ignoreUpgrades(server, (socket) => pipeline.last(socket), options.reload);
  // CONNECT is not supported. Without a response its connection would just end.
  server.on("connect", (_request, socket) => {
    void rejectMalformed({ code: "HPE_INVALID_METHOD" }).then((text) => socket.end(text));
  });
  return {
    port: await listen(server, options.host, options.port),
    drain: () => {
      draining = true;
      return new Promise((resolve) => {
        const limit = setTimeout(() => {
          server.closeAllConnections();
        }, drainMs);
        // A client keeps a connection whose last response started before this, but further requests on it are not
        // accepted.
        const sweep = setInterval(() => {
          server.closeIdleConnections();
        }, sweepMs);
        server.close(() => {
          clearTimeout(limit);
          clearInterval(sweep);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}

/** Sets the request's target to its path and query, and its Host to the host that an absolute target names. */
function normalizeTarget(request: IncomingMessage): void {
  const target = originForm(request.url ?? "");
  if (target === null) return;
  request.url = target.path;
  if (target.host !== null) request.headers.host = target.host;
}

/**
 * Reads what a handler left unread of a request's body, which would otherwise precede the next request of its
 * connection. Closing the connection at once could reset it before the sender has read the response.
 */
function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  for (const event of ["data", "readable"]) request.removeAllListeners(event);
  request.resume();
  const limit = setTimeout(() => {
    // By then the connection may serve another request.
    if (!request.complete) request.destroy();
  }, discardMs);
  for (const event of ["end", "close"]) {
    request.once(event, () => {
      clearTimeout(limit);
    });
  }
}

async function answer(
  handler: RequestHandler,
  request: IncomingMessage,
  response: ServerResponse,
  { dev, log, admission }: ServeOptions,
): Promise<void> {
  try {
    if (!(await validateRequest(request, response, dev))) return;
    if (admission !== null && !(await admitRequest(request, response, admission))) return;
    await handler(request, response);
  } catch (error) {
    const requestId = request.headers["x-request-id"];
    log.error({ err: error, requestId, method: request.method }, "request failed outside its handler");
    if (response.headersSent) response.destroy();
    else response.writeHead(500).end();
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: maxBacklog }, () => {
      const address = server.address();
      resolve(address && typeof address === "object" ? address.port : port);
    });
  });
}
