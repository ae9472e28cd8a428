import type { Database, Db } from "@/db/client";
import { faultPoint } from "@/lib/faults/fault-point";
import { findImport } from "@/db/queries/imports";
import { deleteImport, queueImport } from "@/db/queries/import-chunks";
import type { CreateImportQuery, Import, ImportKindName } from "@/lib/contract/imports";
import { importKindNames, oneOf } from "@/lib/contract/enums";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireFleet, requireScope, type CurrentViewer, type Viewer } from "@/lib/server/access/viewer";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { requireImportSpace } from "@/lib/server/health/disk";
import { toImport } from "./import-wire";
import { spoolFile } from "./spool-file";

/** The kind of file in a path. @throws AppError not_found */
export function parseImportKind(text: string): ImportKindName {
  const kind = oneOf(importKindNames, text);
  if (kind !== null) return kind;
  throw new AppError("not_found", `Send files to /api/v1/imports/ and one of ${importKindNames.join(", ")}.`);
}

/** A file that is being uploaded. */
export interface IncomingUpload<T> {
  /** Declared length in bytes; 0 without one. */
  readonly announcedBytes: number;
  /** Starts to read. @throws AppError when the request has no file */
  open(maxBytes: number): Promise<{ readonly fileName: string | null; readonly bytes: AsyncIterable<Uint8Array> }>;
  /**
   * Queues the import in one transaction, and stores the response for a repetition of the request.
   * @param input what the request asks for
   * @param queue the effect, using only `tx`; `sender` has current rights
   */
  queueOnce(input: { readonly sha256: string }, queue: (tx: Db, sender: CurrentViewer) => Promise<Import>): Promise<T>;
}

/** @throws AppError insufficient_scope */
function requireImportRight(viewer: Viewer, kind: ImportKindName): void {
  requireFleet(viewer);
  // Hours, zones and labels are not polls: a viewer who may only send polls may not change them.
  if (kind !== "polls") requireScope(viewer, "stores:write");
}

/**
 * Receives the file of a request and queues its import. Resolves when all of it is committed. A repetition under the
 * same Idempotency-Key gets the first response, and leaves no import. The right to import is checked again when the
 * file is complete; the worker then imports it even if the account or key has been revoked since.
 * @throws AppError what is wrong with the request or the file; then nothing of it is kept
 */
export async function receiveImport<T>(
  database: Database,
  viewer: Viewer,
  upload: IncomingUpload<T>,
  kind: ImportKindName,
  { dry_run, on_error, valid_from: validFrom }: CreateImportQuery,
): Promise<T> {
  requireImportRight(viewer, kind);
  const hoursFrom = validFrom ?? null;
  if (hoursFrom !== null && kind !== "hours") {
    const reason = "Only files of hours have a date from which they apply.";
    const faults = [{ pointer: "/valid_from", code: "invalid_valid_from", reason }];
    throw new AppError("invalid_valid_from", reason, { faults });
  }
  const { IMPORT_MAX_BYTES, LEASE_SECONDS, HEARTBEAT_SECONDS } = env();
  await requireImportSpace(upload.announcedBytes);
  const { fileName, bytes } = await upload.open(IMPORT_MAX_BYTES);
  const options = { dryRun: dry_run === "1", abortOnReject: on_error === "abort", hoursFrom };
  const lease = { leaseSeconds: LEASE_SECONDS, heartbeatSeconds: HEARTBEAT_SECONDS };
  const file = await spoolFile(database, { kind, fileName, bytes, ...options }, lease);
  try {
    await faultPoint("import.received");
    const outcome = await upload.queueOnce({ sha256: file.sha256 }, async (db, sender) => {
      requireImportRight(sender, kind);
      const queued = await queueImport(db, file);
      await faultPoint("import.queued");
      const row = queued ? await findImport(db, file.id) : null;
      if (row === null)
        throw new AppError("import_ended", "The import was cancelled while its file was being received.");
      await recordAudit(db, sender, "import.start", `import:${row.id}`);
      return toImport(row);
    });
    await faultPoint("import.accepted");
    return outcome;
  } finally {
    // Still `receiving`: the request was a repetition, or it was refused.
    await deleteImport(database, file.id);
  }
}
