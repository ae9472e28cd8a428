import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/server/errors";
import type { ReadScheduler } from "./read-scheduler";

/** Bytes that are passed on at once. */
const maxBufferedBytes = 16 * 1024;
/** How long the first of them wait for more, in ms: at most one timer per body. */
const bufferMs = 5;
/** Number of pieces that a body may have, however small they are. */
const freePieces = 32_768;
/** Beyond that its pieces need this many bytes on average. A line of CSV has 40 and more. */
const minPieceBytes = 8;
/** Bytes that may arrive in addition to the body (chunk sizes and extensions), in total and per byte of the body. */
const freeOverhead = 1024 * 1024;
const overheadPerByte = 4;
/** The limits are checked once per this many pieces. */
const lookEvery = 64;

/** How long the rest of a rejected body is read after its response, in ms, so that the sender sees the response. */
const lingerMs = 2_000;

/**
 * Makes a request's body arrive in pieces that are worth their cost. Every piece passes four streams and two promises
 * on its way to a handler, about 45 µs. Here it costs 1 µs, and handlers get one piece for each 16 KiB or 5 ms. A body
 * of too many too small pieces fails with `body_too_fragmented`, and no more of it is read.
 */
export function bufferBody(request: IncomingMessage, response: ServerResponse, scheduler: ReadScheduler): void {
  const { socket } = request;
  // Marks the body as being read. Otherwise Node would discard the rest, bypassing everything below.
  request.read(0);
  const pass = request.push.bind(request);
  const bytesBefore = socket.bytesRead;
  let gathered: Buffer[] = [];
  let size = 0;
  let pieces = 0;
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let isRefused = false;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (size === 0) return;
    const [first = Buffer.alloc(0)] = gathered;
    const all = gathered.length === 1 ? first : Buffer.concat(gathered, size);
    gathered = [];
    size = 0;
    if (!pass(all)) scheduler.hold(socket, "full");
  };
  const isTooFragmented = (): boolean => {
    if (pieces > freePieces && bytes < pieces * minPieceBytes) return true;
    return socket.bytesRead - bytesBefore - bytes > freeOverhead + overheadPerByte * bytes;
  };
  const refuse = (): void => {
    isRefused = true;
    clearTimeout(timer);
    gathered = [];
    size = 0;
    if (response.writableFinished) {
      socket.destroy();
      return;
    }
    scheduler.hold(socket, "refused");
    // The reader of the body may have taken the socket from the request by now.
    response.once("finish", () => {
      scheduler.release(socket, "refused");
      const limit = setTimeout(() => socket.destroy(), lingerMs);
      socket.once("close", () => {
        clearTimeout(limit);
      });
    });
    const detail = `Send chunks of at least ${minPieceBytes} bytes on average once there are ${freePieces}.`;
    request.emit("error", new AppError("body_too_fragmented", detail));
  };

  // A handler that is not reading at this moment loses nothing: the rest of the body is discarded with the connection.
  request.on("error", () => undefined);
  request.once("close", () => {
    clearTimeout(timer);
    gathered = [];
    scheduler.release(socket, "full");
  });
  request._read = () => {
    scheduler.release(socket, "full");
  };
  request.push = (piece: Buffer | null): boolean => {
    if (piece === null && isRefused) {
      socket.end();
      return false;
    }
    if (piece === null) {
      flush();
      // No one reads an ended body any further, but the next request of the connection has to be read.
      scheduler.release(socket, "full");
      return pass(null);
    }
    pieces += 1;
    bytes += piece.length;
    if (pieces % lookEvery === 0) {
      scheduler.count(socket, lookEvery);
      if (isRefused && pieces > 2 * freePieces) socket.destroy();
      else if (!isRefused && isTooFragmented()) refuse();
    }
    if (isRefused) return false;
    gathered.push(piece);
    size += piece.length;
    if (size >= maxBufferedBytes) flush();
    else timer ??= setTimeout(flush, bufferMs);
    return !scheduler.isHeld(socket);
  };
}
