import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { createGzip, gzip } from "node:zlib";
import { promisify } from "node:util";
import { acceptsGzip, isCompressible } from "./content-encoding";
import { TextResponse } from "@/lib/server/http/text-response";

const compress = promisify(gzip);
/** Shorter texts are sent as they are. */
const leastCompressedChars = 1_024;
/** Headers that are added to those that are set already; all others leave them as they are. */
const repeatable = new Set(["set-cookie", "vary"]);

/**
 * Sends the response of a handler, compressed where the client accepts it. Resolves when all of it is sent, or the
 * client is gone.
 * @throws what a streamed body throws: the connection is then closed, so that the client sees that something is missing
 */
export async function sendResponse(
  answer: Response,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const content = answer instanceof TextResponse ? answer.content : null;
  const body = content === null ? answer.body : null;
  if (response.destroyed) {
    await body?.cancel();
    return;
  }
  copyHeaders(answer.headers, response);
  response.statusCode = answer.status;
  // It has the headers of the response that it stands for (RFC 9110, 15.4.5), which may have been compressed.
  if (answer.status === 304) response.appendHeader("vary", "Accept-Encoding");
  if ((content === null && body === null) || request.method === "HEAD") {
    await body?.cancel();
    response.end();
    return;
  }
  const isWorthwhile = content === null || content.length >= leastCompressedChars;
  const mayCompress = isWorthwhile && isCompressible(answer.headers);
  if (mayCompress) response.appendHeader("vary", "Accept-Encoding");
  const isCompressed = mayCompress && acceptsGzip(request.headers["accept-encoding"]);
  if (isCompressed) response.setHeader("content-encoding", "gzip");
  if (content !== null) response.end(isCompressed ? await compress(content) : content);
  else if (body !== null) await sendStream(body, isCompressed, response);
}

function copyHeaders(headers: Headers, response: ServerResponse): void {
  for (const [name, value] of headers) {
    if (repeatable.has(name)) response.appendHeader(name, value);
    else if (!response.hasHeader(name)) response.setHeader(name, value);
  }
}

async function sendStream(body: ReadableStream, isCompressed: boolean, response: ServerResponse): Promise<void> {
  try {
    await (isCompressed ? pipeline(body, createGzip(), response) : pipeline(body, response));
  } catch (error) {
    const isClientGone = error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
    if (!isClientGone) throw error;
  }
}
