import next from "next";
import { standInServer } from "@/lib/server/edge/upgrade";
import { serve } from "@/lib/server/edge/web-server";
import { log } from "@/lib/server/log";

// Serves the built app with every request left to the framework: the cost of its routes is the floor of the rates.
const host = "127.0.0.1";
const { server: httpServer } = standInServer();
const app = next({ dev: false, dir: process.cwd(), hostname: host, port: 0, httpServer });
await app.prepare();
const handle = app.getRequestHandler();
const server = await serve((request, response) => handle(request, response), {
  ...{ host, port: 0, dev: false, reload: null, log, templateOf: () => "other", admission: null },
});
process.send?.({ ready: { port: server.port } });
process.once("disconnect", () => process.exit());
