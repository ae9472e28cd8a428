import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/server/errors";
import type { ReadScheduler } from "./read-scheduler";

/** Bytes that are handed on at once. */
const maxBufferedBytes = 16 * 1024;
/** For so long the first of them wait for more, in ms: a timer a body at most, whatever a sender does. */
const bufferMs = 5;
/** Pieces that a body may have, however small they are. */
const freePieces = 32_768;
/** From then on its pieces must have so many bytes on average: a line of CSV has 40 and more. */
const minPieceBytes = 8;
/** Bytes that may arrive beside those of the body itself (sizes and extensions of chunks), and for each of these. */
const freeOverhead = 1024 * 1024;
const overheadPerByte = 4;
/** Pieces between two looks at the bounds. */
const lookEvery = 64;

/** For so long the rest of a refused body is let pass behind its answer, in ms: whoever sends it may see the answer. */
const lingerMs = 2_000;

/**
 * Has a request's body arrive in pieces that are worth their cost. Every piece passes four streams and two promises on
 * its way to a handler, about 45 µs; here it costs 1 µs, and handlers get one piece for each 16 KiB or 5 ms.
 * A body of too many too small pieces fails, for whoever reads it, with `body_too_fragmented`; no more of it is read.
 */
export function bufferBody(request: IncomingMessage, response: ServerResponse, turns: ReadScheduler): void {
  const { socket } = request;
  // Marks the body as one that is read, or Node would throw the rest away past everything below.
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
    if (!pass(all)) turns.hold(socket, "full");
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
    turns.hold(socket, "refused");
    // Whoever was reading the body may have taken the socket from the request meanwhile.
    response.once("finish", () => {
      turns.release(socket, "refused");
      const limit = setTimeout(() => socket.destroy(), lingerMs);
      socket.once("close", () => {
        clearTimeout(limit);
      });
    });
    const detail = `Send chunks of at least ${minPieceBytes} bytes on average once there are ${freePieces}.`;
    request.emit("error", new AppError("body_too_fragmented", detail));
  };

  // Whoever is not reading at that moment misses nothing: the rest of the body is discarded with the connection.
  request.on("error", () => undefined);
  request.once("close", () => {
    clearTimeout(timer);
    gathered = [];
    turns.release(socket, "full");
  });
  request._read = () => {
    turns.release(socket, "full");
  };
  request.push = (piece: Buffer | null): boolean => {
    if (piece === null && isRefused) {
      socket.end();
      return false;
    }
    if (piece === null) {
      flush();
      // Nobody asks an ended body for more, and the next request of the connection has to be read.
      turns.release(socket, "full");
      return pass(null);
    }
    pieces += 1;
    bytes += piece.length;
    if (pieces % lookEvery === 0) {
      turns.count(socket, lookEvery);
      if (isRefused && pieces > 2 * freePieces) socket.destroy();
      else if (!isRefused && isTooFragmented()) refuse();
    }
    if (isRefused) return false;
    gathered.push(piece);
    size += piece.length;
    if (size >= maxBufferedBytes) flush();
    else timer ??= setTimeout(flush, bufferMs);
    return !turns.isHeld(socket);
  };
}
