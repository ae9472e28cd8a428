import type { Readable } from "node:stream";

const signature = Buffer.from("PGCOPY\n\xff\r\n\0", "latin1");
/** Signature, flags and the length of a header extension. */
const headerBytes = signature.length + 8;

/**
 * The fields of one tuple: the start and length in bytes of field `i` at `2 * i` and `2 * i + 1`; the length of a null
 * is -1. Valid only until the call returns.
 */
export type VisitTuple = (bytes: Buffer, fields: Int32Array) => void;

/** Reads binary COPY output from chunks of any size, tuple by tuple, without an object per value. */
export class CopyReader {
  private readonly fields: Int32Array;
  private rest: Buffer = Buffer.alloc(0);
  private restBytes = 0;
  private headerRead = false;
  private ended = false;

  constructor(
    private readonly columns: number,
    private readonly visit: VisitTuple,
  ) {
    this.fields = new Int32Array(columns * 2);
  }

  push(chunk: Buffer): void {
    if (this.restBytes === 0) {
      this.keep(chunk, this.read(chunk));
      return;
    }
    this.append(chunk);
    const bytes = this.rest.subarray(0, this.restBytes);
    const read = this.read(bytes);
    this.rest.copyWithin(0, read, this.restBytes);
    this.restBytes -= read;
  }

  /** @throws Error when the output ended early */
  finish(): void {
    if (!this.ended) throw new Error("The COPY output is truncated.");
  }

  private keep(chunk: Buffer, from: number): void {
    if (from < chunk.length) this.append(chunk.subarray(from));
  }

  private append(bytes: Buffer): void {
    const needed = this.restBytes + bytes.length;
    if (needed > this.rest.length) {
      const grown = Buffer.alloc(Math.max(needed, this.rest.length * 2));
      this.rest.copy(grown, 0, 0, this.restBytes);
      this.rest = grown;
    }
    bytes.copy(this.rest, this.restBytes);
    this.restBytes = needed;
  }

  /** Visits the complete tuples in `bytes`. @returns their length in bytes */
  private read(bytes: Buffer): number {
    let position = 0;
    if (!this.headerRead) {
      if (bytes.length < headerBytes) return 0;
      if (!bytes.subarray(0, signature.length).equals(signature)) throw new Error("This is not binary COPY output.");
      const end = headerBytes + bytes.readInt32BE(headerBytes - 4);
      if (bytes.length < end) return 0;
      this.headerRead = true;
      position = end;
    }
    while (!this.ended && position + 2 <= bytes.length) {
      if (bytes.readInt16BE(position) === -1) {
        this.ended = true;
        return position + 2;
      }
      const end = this.findFields(bytes, position);
      if (end === -1) break;
      position = end;
      this.visit(bytes, this.fields);
    }
    return position;
  }

  /** @returns the end of the tuple at `start`, -1 if it is incomplete */
  private findFields(bytes: Buffer, start: number): number {
    let position = start + 2;
    const count = bytes.readInt16BE(start);
    if (count !== this.columns) throw new Error(`A tuple of ${String(count)} fields, not ${String(this.columns)}.`);
    for (let field = 0; field < count; field++) {
      if (position + 4 > bytes.length) return -1;
      const length = bytes.readInt32BE(position);
      position += 4;
      this.fields[2 * field] = position;
      this.fields[2 * field + 1] = length;
      if (length > 0) position += length;
      if (position > bytes.length) return -1;
    }
    return position;
  }
}

/**
 * The driver stops reading its socket when its stream is full, and resumes when the stream is read. If all output has
 * arrived before it is read, the stream has ended, is not read again, and the connection's next query would wait
 * forever. So it is resumed explicitly.
 */
function letConnectionGoOn(output: Readable): void {
  try {
    output._read(0);
  } catch {
    // The connection is lost, which its next query reports.
  }
}

/**
 * Passes the output of a COPY to the callbacks; resolves at its end, when the connection is free for its next query.
 */
export function untilCopyEnds(output: Readable, onData: (chunk: Buffer) => void): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    output.on("data", onData);
    output.on("end", () => {
      letConnectionGoOn(output);
      resolve();
    });
    output.on("error", (error) => {
      letConnectionGoOn(output);
      reject(error);
    });
    output.on("close", () => {
      reject(new Error("The COPY output was closed before its end."));
    });
  });
}

/**
 * Reads a COPY's output by events, so that the connection is free for its next query afterwards. After an error in
 * `visit`, or an abort, the rest of the output is still consumed, so that the connection stays usable.
 */
export async function readCopy(
  output: Readable,
  columns: number,
  visit: VisitTuple,
  signal?: AbortSignal,
): Promise<void> {
  const reader = new CopyReader(columns, visit);
  let failure: { readonly error: unknown } | null = null;
  await untilCopyEnds(output, (chunk) => {
    if (failure !== null || signal?.aborted) return;
    try {
      reader.push(chunk);
    } catch (error) {
      failure = { error };
    }
  });
  rethrow(failure);
  signal?.throwIfAborted();
  reader.finish();
}

function rethrow(failure: { readonly error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}
