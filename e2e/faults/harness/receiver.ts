import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A message as a receiver of webhooks got it. */
export interface Received {
  readonly messageId: string;
  readonly body: string;
}

/** A receiver of webhooks. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

/** Starts one on a free port of the loopback. @param answer ends the response, or does not */
export function startReceiver(
  answer: (response: ServerResponse, nth: number) => void = (response) => response.end(),
): Promise<Receiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void take(request).then((body) => {
      received.push({ messageId: String(request.headers["webhook-id"]), body });
      answer(response, received.length);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address && typeof address === "object" ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${port}/hook`,
        received,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    });
  });
}

async function take(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString();
  return body;
}
