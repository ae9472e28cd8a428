import { join } from "node:path";
import { parseArgs } from "node:util";
import next from "next";
import { StartError } from "@/db/start-error";
import { prepareAccess } from "@/lib/server/access/set-up";
import { closeDatabase, getDatabase } from "@/lib/server/database";
import { accessMode } from "@/lib/server/access/mode";
import { env } from "@/lib/server/env";
import { openDatabaseGate } from "@/lib/server/health/database-gate";
import { LoadShedder, watchLag } from "@/lib/server/edge/load-shedder";
import { loadApiRoutes } from "@/lib/server/edge/api-routes";
import { directHandler } from "@/lib/server/edge/direct-handler";
import { builtRoutes, makeRouteTemplates } from "@/lib/server/edge/route-template";
import { limitPage } from "@/lib/server/http/rate-limit";
import { AdmissionQueue } from "@/lib/server/edge/admission-queue";
import { standInServer } from "@/lib/server/edge/upgrade";
import { type RequestHandler, serve } from "@/lib/server/edge/web-server";
import { log } from "@/lib/server/log";
import { serveMetrics } from "@/lib/server/metrics/serve-metrics";
import { loadAndLogZoneRules } from "@/lib/server/zones/load-zone-rules";
import { onStop, sendToParent } from "./start/parent-channel";

const { dev, routes: routeFolder } = parseArgs({
  options: {
    dev: { type: "boolean", default: false },
    /** The folder of the API's handlers: their sources, or their bundles. */
    routes: { type: "string", default: join(process.cwd(), "app") },
  },
}).values;
const { HOST, PORT, PUBLIC_URL, MAX_REQUESTS_IN_FLIGHT, METRICS_HOST, METRICS_PORT } = env();
/** As addresses write it. */
const hostName = HOST.includes(":") ? `[${HOST}]` : HOST;
/** Timer delay in ms above which other requests would wait noticeably. */
const maxLagMs = 1_000;

loadAndLogZoneRules(log);
try {
  // Before the first request.
  const setup = accessMode() === "required" ? await prepareAccess(getDatabase()) : null;
  const { server: httpServer, upgrade } = standInServer();
  const app = next({ dev, dir: process.cwd(), hostname: HOST, port: PORT, httpServer });
  // The development server reloads handlers that change, so there the framework calls them.
  const [routes] = await Promise.all([dev ? null : loadApiRoutes(routeFolder), app.prepare()]);
  const handle = app.getRequestHandler();
  const framework: RequestHandler = (request, response) => handle(request, response);
  const shedder = new LoadShedder({ maxInFlight: MAX_REQUESTS_IN_FLIGHT, maxLagMs });
  watchLag(shedder);
  const server = await serve(routes === null ? framework : directHandler(framework, routes, `${hostName}:${PORT}`), {
    host: HOST,
    port: PORT,
    dev,
    reload: dev ? upgrade : null,
    log,
    templateOf: makeRouteTemplates(dev ? [] : builtRoutes(process.cwd())),
    admission: {
      shedder,
      queue: new AdmissionQueue(),
      gate: openDatabaseGate({ ask: () => getDatabase().sql`select 1`, log }),
      log,
      limitPage,
    },
  });
  if (METRICS_PORT !== undefined) await serveMetrics(getDatabase(), { host: METRICS_HOST, port: METRICS_PORT, log });
  onStop(async () => {
    await server.drain();
    await closeDatabase();
  });
  if (setup !== null) {
    const origin = PUBLIC_URL?.replace(/\/+$/, "") ?? `http://${hostName}:${server.port}`;
    console.log(`\nCreate the first operator, within 15 minutes and once:\n\n  ${origin}${setup}\n`);
  }
  sendToParent({ ready: { port: server.port } });
} catch (error) {
  const said = error instanceof Error ? error.message : "the web server did not start";
  const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (!taken && !(error instanceof StartError)) log.fatal({ err: error }, "the web server did not start");
  sendToParent({
    failed: taken ? `Port ${PORT} on ${HOST} is taken by another program.` : said,
  });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
  setTimeout(() => process.exit(1), 1_000).unref();
}
