import { join } from "node:path";
import next from "next";
import { loadApiRoutes } from "@/lib/server/edge/api-routes";
import { directHandler } from "@/lib/server/edge/direct-handler";
import { standInServer } from "@/lib/server/edge/upgrade";
import { type RequestHandler, serve } from "@/lib/server/edge/web-server";
import { log } from "@/lib/server/log";
import { loadAndLogZoneRules } from "@/lib/server/zones/load-zone-rules";

/** Serves the built app twice over one database: as scripts/web.ts does, and with every request left to the framework. */
loadAndLogZoneRules(log);
const host = "127.0.0.1";
const { server: httpServer } = standInServer();
const app = next({ dev: false, dir: process.cwd(), hostname: host, port: 0, httpServer });
const [routes] = await Promise.all([loadApiRoutes(join(process.cwd(), "app")), app.prepare()]);
const handle = app.getRequestHandler();
const framework: RequestHandler = (request, response) => handle(request, response);
const options = { host, port: 0, dev: false, reload: null, log, templateOf: () => "/x", admission: null };
const direct = await serve(directHandler(framework, routes, `${host}:0`), options);
const slow = await serve(framework, options);
process.send?.({ ports: { direct: direct.port, framework: slow.port } });
process.once("disconnect", () => process.exit());
