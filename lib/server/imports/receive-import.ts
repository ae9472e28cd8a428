import type { Database } from "@/db/client";
import { faultPoint } from "@/db/fault-point";
import { findImport } from "@/db/queries/imports";
import { forgetImport, queueImport } from "@/db/queries/import-chunks";
import type { CreateImportQuery, ImportKindName } from "@/lib/contract/imports";
import { importKindNames, oneOf } from "@/lib/contract/names";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireFleet, requireScope, type Viewer } from "@/lib/server/access/viewer";
import { env } from "@/lib/server/env";
import { AppError } from "@/lib/server/errors";
import { requireImportSpace } from "@/lib/server/health/disk";
import { answerOnce } from "@/lib/server/http/answer-once";
import { incomingFile } from "@/lib/server/http/incoming-file";
import { toImport } from "./import-wire";
import { spoolFile } from "./spool-file";

/** The kind of file that a path names. @throws AppError not_found */
export function parseImportKind(text: string): ImportKindName {
  const kind = oneOf(importKindNames, text);
  if (kind !== null) return kind;
  throw new AppError("not_found", `Files are sent to /api/v1/imports/ and one of ${importKindNames.join(", ")}.`);
}

/**
 * Takes the file that a request brings and queues its import. Answers when all of it is committed; a repetition under
 * the same Idempotency-Key gets the first one's answer, and leaves no import.
 * @throws AppError what is wrong with the request or the file; nothing of it is kept then
 */
export async function receiveImport(
  database: Database,
  viewer: Viewer,
  request: Request,
  kind: ImportKindName,
  { dry_run, on_error }: CreateImportQuery,
): Promise<Response> {
  requireFleet(viewer);
  // Hours, zones and labels are not polls: whoever may send polls only may not change them.
  if (kind !== "polls") requireScope(viewer, "stores:write");
  const { IMPORT_MAX_BYTES, LEASE_SECONDS, HEARTBEAT_SECONDS } = env();
  await requireImportSpace(Number(request.headers.get("content-length") ?? 0));
  const { fileName, bytes } = await incomingFile(request, IMPORT_MAX_BYTES);
  const options = { dryRun: dry_run === "1", abortOnReject: on_error === "abort" };
  const lease = { leaseSeconds: LEASE_SECONDS, heartbeatSeconds: HEARTBEAT_SECONDS };
  const file = await spoolFile(database, { kind, fileName, bytes, ...options }, lease);
  try {
    await faultPoint("import.received");
    const answer = await answerOnce(database, viewer, request, { sha256: file.sha256 }, async ({ db, sql }) => {
      const queued = await queueImport(sql, file);
      await faultPoint("import.queued");
      const row = queued ? await findImport(db, file.id) : null;
      if (row === null) throw new AppError("import_ended", "The import was cancelled while its file came in.");
      await recordAudit(sql, viewer, "import.start", `import:${row.id}`);
      const body = toImport(row);
      return { status: 202, headers: { location: body.links.self, "retry-after": "1" }, body };
    });
    await faultPoint("import.accepted");
    return answer;
  } finally {
    // Still `receiving`: the request was a repetition, or it was refused.
    await forgetImport(database.sql, file.id);
  }
}
