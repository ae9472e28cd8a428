import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/server/errors";
import { httpMethods } from "@/lib/server/http/methods";
import { problemResponse } from "@/lib/server/http/problem";
import { maxAddressLength } from "./request-problem";
import { dataPolicy, responseHeaders } from "./response-headers";

/** The error of Node's HTTP parser for bytes that it rejects. */
export interface ParserError {
  readonly code?: string;
  /** What it was reading. */
  readonly rawPacket?: Uint8Array;
}

function malformedProblem({ code, rawPacket }: ParserError, receiving: boolean): AppError {
  switch (code ?? "") {
    case "HPE_INVALID_METHOD":
      return new AppError("not_implemented", "The request has an unknown HTTP method.", {
        headers: { allow: httpMethods.join(", ") },
      });
    case "HPE_HEADER_OVERFLOW": {
      const start = Buffer.from(rawPacket?.subarray(0, 2 * maxAddressLength) ?? []).toString("latin1");
      return /^[A-Z]+ [^ \r\n]+$/.test(start) && start.length > maxAddressLength
        ? new AppError("uri_too_long", `The address is longer than the maximum of ${maxAddressLength} characters.`)
        : new AppError("headers_too_large", "The headers of the request are larger than 16 KiB.");
    }
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new AppError("request_timeout", "The request did not arrive in time.");
    case "HPE_UNEXPECTED_CONTENT_LENGTH":
    case "HPE_INVALID_CONTENT_LENGTH":
    case "HPE_INVALID_TRANSFER_ENCODING":
      return new AppError("bad_request", "The request has an invalid or repeated length.");
    case "HPE_INVALID_EOF_STATE":
      if (receiving) {
        return new AppError(
          "incomplete_upload",
          "The body ended before all of it arrived. Nothing was kept; send it again.",
        );
      }
      break;
    case "HPE_CHUNK_EXTENSIONS_OVERFLOW":
      return new AppError("body_too_fragmented", "A chunk of the body has an extension longer than 16 KiB.");
    case "HPE_INVALID_CHUNK_SIZE":
      return new AppError("bad_request", "The body has invalid chunk encoding. Nothing of it was kept.");
  }
  return new AppError("bad_request", "This is not a valid HTTP/1.1 request.");
}

/**
 * The complete response, as sent, to bytes that are not a request, or stop being one.
 * @param receiving whether the head of a request had arrived and its body was in transit
 */
export async function rejectMalformed(fault: ParserError, receiving = false): Promise<string> {
  const problem = malformedProblem(fault, receiving);
  const requestId = randomUUID();
  const answer = problemResponse(problem, requestId, { "x-request-id": requestId });
  const body = await answer.text();
  const lines = Object.entries({
    ...responseHeaders(dataPolicy, false),
    ...Object.fromEntries(answer.headers),
    "content-length": String(Buffer.byteLength(body)),
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${answer.statusText || problem.code}\r\n${lines.join("")}\r\n${body}`;
}
