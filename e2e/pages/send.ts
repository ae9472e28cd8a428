import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

/** The response, whatever its status; redirects are not followed. */
export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request with its path exactly as written: no dots resolved, nothing encoded, unlike a browser. */
export function send(
  path: string,
  init: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    /** Another app than that of the setup. */
    readonly origin?: string;
  } = {},
): Promise<Received> {
  const { hostname, port } = new URL(init.origin ?? process.env.E2E_ADDRESS ?? "");
  return new Promise((resolve, reject) => {
    const options = { hostname, port, path, method: init.method ?? "GET", headers: { ...init.headers } };
    const sent = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.on("error", reject);
    sent.end(init.body);
  });
}
