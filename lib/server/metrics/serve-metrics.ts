import { createServer } from "node:http";
import { StartError } from "@/db/start-error";
import type { Database } from "@/db/client";
import type { Log } from "@/lib/server/log";
import { renderMetrics } from "./render-metrics";

/** A port that serves only the metrics. */
export interface MetricsServer {
  readonly port: number;
  close(): void;
}

/**
 * Serves the metrics at `/metrics` on a separate port, which does not keep the process alive.
 * @param port 0 takes any free port
 * @throws {Error} when the port is in use
 */
export async function serveMetrics(
  database: Database,
  { host, port, log }: { readonly host: string; readonly port: number; readonly log: Log },
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== "GET" || request.url?.split("?", 1)[0] !== "/metrics") {
      response.writeHead(404, { "content-type": "text/plain" }).end("Only GET /metrics is served here.\n");
      return;
    }
    renderMetrics(database).then(
      ({ text, contentType }) => response.writeHead(200, { "content-type": contentType }).end(text),
      (error: unknown) => {
        log.error({ err: error }, "metrics failed");
        response.writeHead(500).end();
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const remedy =
        "set METRICS_HOST to an address of this machine, METRICS_PORT and WORKER_METRICS_PORT to free ports";
      reject(
        new StartError(`The metrics cannot be served on ${host}, port ${port} (${cause.message}): ${remedy}.`, {
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
  server.unref();
  const address = server.address();
  return { port: address && typeof address === "object" ? address.port : port, close: () => void server.close() };
}
