import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Log } from "@/lib/server/log";
import { validateRequest, rejectMalformed, type ParserError } from "./validate-request";
import { bufferBody } from "./buffer-body";
import { admitRequest, type AdmissionControls } from "./admission-control";
import { observeRequest } from "./observe-request";
import { Pipeline } from "./pipeline";
import { ReadScheduler } from "./read-scheduler";
import { originForm } from "./request-target";
import type { RouteTemplates } from "./route-template";
import { hasBody, ignoreUpgrades, stopsParser, type UpgradeHandler } from "./upgrade";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const drainMs = 25_000;
const sweepMs = 100;
/** Connections that may wait to be taken: one that finds no room is tried again by its client only after a second. */
const maxBacklog = 4_096;
/** For so long a body that nobody reads may go on coming. */
const discardMs = 30_000;

/** An HTTP server that answers. */
export interface WebServer {
  readonly port: number;
  /** Takes no more connections, lets the requests in flight end for up to 25 s, then resolves. */
  drain(): Promise<void>;
}

export interface ServeOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether the development server stands behind, which serves more and whose pages may do more. */
  readonly dev: boolean;
  /** Takes the development server's reload sockets; null in production. */
  readonly reload: UpgradeHandler | null;
  readonly log: Log;
  readonly templateOf: RouteTemplates;
  /** Null: what the front door lets in goes on. */
  readonly admission: AdmissionControls | null;
}

/**
 * Serves `handler` behind the front door.
 * @throws {Error} with code `EADDRINUSE` where another program has the port
 */
export async function serve(handler: Handler, options: ServeOptions): Promise<WebServer> {
  let draining = false;
  const turns = new ReadScheduler();
  const pipeline = new Pipeline(turns, (request, response) => {
    if (draining || (stopsParser(request) && hasBody(request))) response.setHeader("connection", "close");
    normalizeTarget(request);
    observeRequest(request, response, options);
    response.once("finish", () => {
      discardRest(request);
    });
    void answer(handler, request, response, options);
  });
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    options.admission?.queue.recordArrival();
    if (hasBody(request)) bufferBody(request, response, turns);
    pipeline.take(request, response);
  };
  // What the parser of HTTP would answer by itself, with an empty body, the front door answers.
  const server = createServer({ requireHostHeader: false }, take);
  server.on("checkExpectation", take);
  // Node would drop what is beyond its limit without a word, a Content-Length among it; the front door refuses it.
  server.maxHeadersCount = 0;
  server.on("connection", (socket) => {
    turns.track(socket);
    options.admission?.queue.recordArrival();
  });
  // An upload over a slow line may take hours: the worst that it can do is to hold its own connection.
  server.requestTimeout = 0;
  server.headersTimeout = 60_000;
  // Longer than proxies keep theirs, or they would send into a connection that closes at that moment.
  server.keepAliveTimeout = 65_000;
  server.on("clientError", (error: Error & ParserError, socket) => {
    if (!socket.writable || error.code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    const response = socket instanceof Socket ? pipeline.last(socket) : undefined;
    const isAnswering = response !== undefined && !response.writableFinished;
    if (isAnswering && response.req.complete) {
      // The garbage stands behind a whole request, whose answer it must not be taken for.
      response.shouldKeepAlive = false;
      response.once("finish", () => socket.end());
      return;
    }
    void rejectMalformed(error, isAnswering).then((text) => socket.end(text));
  });
  ignoreUpgrades(server, (socket) => pipeline.last(socket), options.reload);
  // A method that asks for a tunnel is none that is served; unanswered, its connection would just end.
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
        // A connection whose last answer was begun before this is kept by its client for more, which will not be taken.
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

/** Leaves a path with its query as the request's target, and the host that an absolute target names as its Host. */
function normalizeTarget(request: IncomingMessage): void {
  const target = originForm(request.url ?? "");
  if (target === null) return;
  request.url = target.path;
  if (target.host !== null) request.headers.host = target.host;
}

/**
 * Reads what a handler left of a request's body, which would stand before the next request of its connection. Closing
 * at once would do, but whoever is still sending could lose the answer to the reset that it meets.
 */
function discardRest(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  for (const event of ["data", "readable"]) request.removeAllListeners(event);
  request.resume();
  const limit = setTimeout(() => {
    // By then the connection may be another request's.
    if (!request.complete) request.destroy();
  }, discardMs);
  for (const event of ["end", "close"]) {
    request.once(event, () => {
      clearTimeout(limit);
    });
  }
}

async function answer(
  handler: Handler,
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
