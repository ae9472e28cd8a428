import { subscribe } from "node:diagnostics_channel";
import type { Server } from "node:http";
import next from "next";
import { standInServer } from "@/lib/server/edge/upgrade";
import { serve } from "@/lib/server/edge/web-server";
import { makeLog } from "@/lib/server/log";

/**
 * Starts the built app as scripts/web.ts does, sends one request, and prints what the framework has attached by then.
 */

type Counts = Readonly<Record<string, number>>;

function countsOf(emitter: Pick<NodeJS.EventEmitter, "eventNames" | "listenerCount">): Counts {
  return Object.fromEntries(emitter.eventNames().map((name) => [String(name), emitter.listenerCount(name)]));
}

function settingsOf({ keepAliveTimeout, headersTimeout, requestTimeout, timeout, maxHeadersCount }: Server): unknown {
  return { keepAliveTimeout, headersTimeout, requestTimeout, timeout, maxHeadersCount };
}

const processBefore = countsOf(process);
const { server: httpServer } = standInServer();
const app = next({ dev: false, dir: process.cwd(), hostname: "127.0.0.1", port: 0, httpServer });
await app.prepare();
const handler = app.getRequestHandler();
let server: Server | undefined;
let before: unknown;
subscribe("http.server.request.start", (message) => {
  if (server !== undefined) return;
  ({ server } = message as { readonly server: Server });
  before = { listeners: countsOf(server), settings: settingsOf(server) };
});
const web = await serve((request, response) => handler(request, response), {
  ...{ host: "127.0.0.1", port: 0, dev: false, reload: null, templateOf: () => "/x", admission: null },
  log: makeLog("silent", { write: () => undefined }),
});
const { status } = await fetch(`http://127.0.0.1:${web.port}/api/livez`);
const after = server === undefined ? null : { listeners: countsOf(server), settings: settingsOf(server) };
const added = Object.entries(countsOf(process)).filter(([name, count]) => count !== (processBefore[name] ?? 0));
const standIn = countsOf(httpServer);
console.log(JSON.stringify({ status, before, after, process: added.map(([name]) => name).toSorted(), standIn }));
process.exit();
