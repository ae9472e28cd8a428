import { createHash } from "node:crypto";
import type { Database } from "@/db/client";
import { beginImport, keepReceiving } from "@/db/queries/import-chunks";
import { giveUpReceiving, insertChunk } from "@/db/queries/bulk/import-bytes";
import { AppError, isProblemCode } from "@/lib/server/errors";
import { requireImportSpace } from "@/lib/server/health/disk";
import type { ImportKind } from "./csv-header";
import { FileFault } from "./file-fault";
import { checkFileSignature, looksLikeGzip } from "./file-signature";

const chunkBytes = 1024 * 1024;
/** How much of a file is checked before any of it is stored. */
const headBytes = 4_096;

/** How long an upload counts as alive without a heartbeat, and how often one is written. */
interface Lease {
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
}

export interface FileToSpool {
  readonly kind: ImportKind;
  readonly fileName: string | null;
  readonly dryRun: boolean;
  readonly abortOnReject: boolean;
  readonly hoursFrom: string | null;
  /** An error thrown here ends the import. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** A file whose bytes are all in the database. */
export interface SpooledFile {
  readonly id: number;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
}

/**
 * Stores the bytes of a file in the database as they arrive, with at most two megabytes in memory. The import is
 * `receiving`; when the bytes end early it becomes `failed` and none of them is kept.
 * @throws AppError for a file that is clearly not CSV, import_ended when it was cancelled, and what `bytes` throws
 */
export async function spoolFile(database: Database, file: FileToSpool, lease: Lease): Promise<SpooledFile> {
  const chunks = inChunks(file.bytes);
  const first = await chunks.next();
  const head = first.done === true ? new Uint8Array() : first.value;
  refuseOtherFiles(head);
  const id = await beginImport(database, file, lease.leaseSeconds);
  const hash = createHash("sha256");
  let received = 0;
  const cancelled = new AbortController();
  const beat = async (): Promise<void> => {
    // If the database is unavailable, storing the next chunk reports it.
    const ours = await keepReceiving(database, id, received, lease.leaseSeconds).catch(() => true);
    if (!ours)
      cancelled.abort(new AppError("import_ended", "The import was cancelled while its file was being received."));
  };
  const timer = setInterval(() => void beat(), lease.heartbeatSeconds * 1_000);
  let kept = Promise.resolve();
  try {
    let chunk: Uint8Array | undefined = head;
    for (let seq = 0; chunk !== undefined; seq++) {
      cancelled.signal.throwIfAborted();
      await requireImportSpace(received);
      hash.update(chunk);
      received += chunk.byteLength;
      await kept;
      kept = insertChunk(database, id, seq, chunk);
      // Reported below; meanwhile the next bytes arrive.
      kept.catch(() => undefined);
      const next: IteratorResult<Uint8Array, undefined> = await chunks.next();
      chunk = next.value;
    }
    await kept;
    return { id, bytes: received, sha256: hash.digest("hex") };
  } catch (error) {
    // A chunk that is being written must not arrive after the others were deleted.
    await kept.catch(() => undefined);
    const { code, detail } = endingOf(error);
    await giveUpReceiving(database, id, { code, detail });
    throw error;
  } finally {
    clearInterval(timer);
    await chunks.return(undefined);
  }
}

function endingOf(error: unknown): { readonly code: string; readonly detail: string } {
  if (error instanceof AppError) return { code: error.code, detail: error.message };
  return {
    code: "internal",
    detail: "The file could not be received because of an internal error, which has been logged.",
  };
}

/** Bytes in chunks of a megabyte; the last is smaller. Each has its own memory. */
async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  let chunk = Buffer.allocUnsafe(chunkBytes);
  let filled = 0;
  for await (const piece of bytes) {
    for (let from = 0; from < piece.length;) {
      const taken = Math.min(piece.length - from, chunkBytes - filled);
      chunk.set(piece.subarray(from, from + taken), filled);
      from += taken;
      filled += taken;
      if (filled < chunkBytes) continue;
      yield chunk;
      chunk = Buffer.allocUnsafe(chunkBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
  return undefined;
}

/**
 * @throws AppError when the first bytes show that this is not CSV; the contents of gzip are checked when it is imported
 */
function refuseOtherFiles(head: Uint8Array): void {
  if (looksLikeGzip(head)) return;
  try {
    checkFileSignature(head.subarray(0, headBytes));
  } catch (error) {
    if (!(error instanceof FileFault) || !isProblemCode(error.code)) throw error;
    throw new AppError(error.code, `${error.message} Nothing was kept.`);
  }
}
