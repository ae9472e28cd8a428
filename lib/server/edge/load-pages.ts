import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { RequestHandler } from "./web-server";

/**
 * Makes the framework load what its pages have in common, by a request for one without data. Otherwise the first page
 * after the start would block all other requests for half a second.
 */
export async function loadPages(framework: RequestHandler): Promise<void> {
  const server = createServer((request, response) => {
    framework(request, response).catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const { port } = server.address() as AddressInfo;
    await (await fetch(`http://127.0.0.1:${port}/method`)).text();
  } catch {
    // The first page loads it then.
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
