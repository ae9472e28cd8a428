import type { IncomingMessage, ServerResponse } from "node:http";
import { finished, Readable } from "node:stream";
import { ByteLengthQueuingStrategy } from "node:stream/web";
import type { ApiRequest, RequestHeaders } from "@/lib/server/http/api-request";

/** Bytes of a body that wait to be read. Beyond that the connection is not read any further. */
const maxWaitingBytes = 64 * 1024;

/** The headers of a request, as validation has left them: not what the client sent. */
export function headersOf({ headers }: Pick<IncomingMessage, "headers">): RequestHeaders {
  return {
    get: (name) => {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(", ") : (value ?? null);
    },
  };
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> {
  let reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined;
  const open = (): ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> => {
    const strategy = new ByteLengthQueuingStrategy({ highWaterMark: maxWaitingBytes });
    return (Readable.toWeb(incoming, { strategy }) as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
  };
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> => {
    reader ??= open();
    const { done, value } = await reader.read();
    if (done) controller.close();
    else controller.enqueue(value);
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

/** A request of Node's server as handlers read it. Its parts are made when they are read. */
export class DirectRequest implements ApiRequest {
  readonly method: string;
  readonly headers: RequestHeaders;
  #body: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
  #aborted: AbortController | undefined;

  constructor(
    private readonly incoming: IncomingMessage,
    private readonly response: ServerResponse,
    readonly url: string,
  ) {
    this.method = incoming.method ?? "";
    this.headers = headersOf(incoming);
  }

  /** Aborted when the client disconnects before the end of the response. */
  get signal(): AbortSignal {
    if (this.#aborted === undefined) {
      const aborted = new AbortController();
      const abort = (): void => {
        if (!this.response.writableFinished) aborted.abort();
      };
      if (this.response.closed) abort();
      else this.response.once("close", abort);
      this.#aborted = aborted;
    }
    return this.#aborted.signal;
  }

  /** Nothing is read of it before a reader asks, so that `arrayBuffer` can still be used. */
  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    if (this.method === "GET" || this.method === "HEAD") return null;
    return (this.#body ??= bodyOf(this.incoming));
  }

  /** The whole body, without the cost of a stream. */
  arrayBuffer(): Promise<ArrayBuffer> {
    const { incoming } = this;
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      finished(incoming, { writable: false }, (error) => {
        if (error) {
          reject(error);
          return;
        }
        const [first = Buffer.alloc(0)] = chunks;
        const { buffer, byteOffset, length } = chunks.length === 1 ? first : Buffer.concat(chunks);
        resolve(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
      });
    });
  }
}
