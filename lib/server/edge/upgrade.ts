import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Socket } from "node:net";

/** Takes over a connection whose request has an `Upgrade` header. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Where the development server connects its hot-reload sockets. */
const reloadPath = "/_next/hmr";

/**
 * A server that the framework gets instead of ours, and that never listens. At its first request the framework attaches
 * an upgrade listener to its server, which leaves every request with an `Upgrade` header without a response.
 * @returns the server, and a function that passes on the upgrades meant for the framework
 */
export function standInServer(): { readonly server: Server; readonly upgrade: UpgradeHandler } {
  const server = createServer();
  return { server, upgrade: (request, socket, head) => server.emit("upgrade", request, socket, head) };
}

/**
 * Makes `server` treat upgrade requests as plain HTTP/1.1 (RFC 9110, 7.8: a server may ignore Upgrade). Node's parser
 * stops after such a request even without an upgrade listener, and what the client sent after it is lost. So we do
 * listen, and give the parser the same bytes again without the header.
 * @param answerBefore the last response started on a connection
 * @param reload takes the hot-reload sockets of the development server; null in production
 */
export function ignoreUpgrades(
  server: Server,
  answerBefore: (socket: Socket) => ServerResponse | undefined,
  reload: UpgradeHandler | null,
): void {
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (reload !== null && request.url?.startsWith(reloadPath)) {
      reload(request, socket, head);
      return;
    }
    if (!(socket instanceof Socket)) return;
    const again = (): void => {
      if (socket.destroyed) return;
      // The timeout of an idle connection, which this one no longer is.
      socket.setTimeout(0);
      socket.unshift(Buffer.concat([headWithoutUpgrade(request), head]));
      server.emit("connection", socket);
    };
    // Responses leave in the order of their requests, and each parser knows only its own.
    const before = answerBefore(socket);
    if (before === undefined || before.closed) again();
    else before.once("close", again);
  });
  // From Node 24.9 on, a request with a body does not reach the listener above. It is handled as it is.
  if ("shouldUpgradeCallback" in server) {
    server.shouldUpgradeCallback = (request: IncomingMessage) => !hasBody(request);
  }
}

/** Whether Node's parser stops after this request, so that its connection cannot be used again. */
export function stopsParser(request: IncomingMessage): boolean {
  const options = (request.headers.connection ?? "").toLowerCase().split(",");
  return request.headers.upgrade !== undefined && options.some((option) => option.trim() === "upgrade");
}

/** Whether a body follows the head of a request. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function headWithoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method ?? ""} ${url ?? ""} HTTP/${httpVersion}`];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (name.toLowerCase() !== "upgrade") lines.push(`${name}: ${rawHeaders[i + 1] ?? ""}`);
  }
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
