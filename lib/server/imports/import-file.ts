import type { Database } from "@/db/client";
import { announceFleetChange } from "@/db/queries/fleet-state";
import { freshenTables } from "@/db/queries/freshen-tables";
import { withImportSession, type ImportSession } from "@/db/queries/import-session";
import type { EpochMs } from "@/lib/uptime/types";
import type { ImportKind } from "./csv-header";
import { defaultFileLimits, type FileLimits } from "./file-bytes";
import { FileFault } from "./file-fault";
import { kindImports, type Stored } from "./import-kinds";
import type { ImportCounts, ImportProgress, ImportResult } from "./import-result";
import { ImportWarnings } from "./import-warnings";
import { readFile } from "./read-file";
import { RejectLog } from "./reject-log";

/** More of the rows than this, and the file is not what it is taken for. */
export const maxRejectRatio = 0.05;

export interface ImportRequest {
  readonly kind: ImportKind;
  /** The file, as it comes; gzip is inflated. An error in it is thrown on. */
  readonly source: AsyncIterable<Uint8Array>;
  /** Our clock: polls that lie more than five minutes after it are rejected. */
  readonly now: EpochMs;
  readonly limits?: FileLimits;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Gives the import up; its reason is thrown. After the commit it is too late, and the result comes. */
  readonly signal?: AbortSignal;
}

/**
 * Imports one file in one transaction: all of its good rows are kept, or nothing of it. Order, repetition and what runs
 * at the same time change nothing about the end state. Hours are replaced as a whole for the stores the file names.
 * @param database with two connections or more: one stays with the import
 * @returns `failed` where the file is at fault; the database's and the source's errors are thrown
 */
export async function importFile(database: Database, request: ImportRequest): Promise<ImportResult> {
  request.signal?.throwIfAborted();
  return withImportSession(database.sql, (session) => importInSession(database, session, request));
}

async function importInSession(
  database: Database,
  session: ImportSession,
  { kind, source, now, limits = defaultFileLimits, onProgress, signal }: ImportRequest,
): Promise<ImportResult> {
  const warnings = new ImportWarnings();
  const rejects = new RejectLog();
  const counts = { rows: 0, blank: 0 };
  const bytesRead = { bytes: 0 };
  const target = kindImports[kind]({ session, pool: database.sql, now, warnings });
  const progress = (phase: ImportProgress["phase"]): void => {
    onProgress?.({ phase, bytes: bytesRead.bytes, rows: counts.rows });
  };
  const onWindow = (): void => {
    signal?.throwIfAborted();
    progress("reading");
  };
  try {
    await readFile({ kind, source, limits, reader: target.reader, warnings, rejects, counts, bytesRead, onWindow });
    refuseTooManyRejects(counts, rejects);
  } catch (error) {
    await target.abandon();
    if (!(error instanceof FileFault)) throw error;
    const { code, message: detail, options } = error;
    return {
      outcome: "failed",
      kind,
      counts: nothingKept(counts, rejects.count),
      warnings: warnings.list(),
      rejects: await rejects.list(session.sql),
      error: { code, detail, ...(options.line === undefined ? {} : { line: options.line }) },
    };
  }

  const good = counts.rows - counts.blank - rejects.count;
  progress("storing");
  const stored = good === 0 ? nothing : await cancellable(session, signal, () => target.store(good));
  if (stored.tables.length > 0) {
    await freshenTables(session.sql, stored.tables);
    await announceFleetChange(session.sql);
  }
  const kept = {
    ...counts,
    accepted: stored.accepted,
    duplicate: stored.duplicate,
    conflicting: stored.conflicting,
    rejected: rejects.count,
    discarded: 0,
  };
  requireSum(kept);
  return {
    outcome: "complete",
    kind,
    counts: kept,
    warnings: warnings.list(),
    rejects: await rejects.list(session.sql),
  };
}

const nothing: Stored = { accepted: 0, duplicate: 0, conflicting: 0, tables: [] };

function refuseTooManyRejects(counts: { rows: number; blank: number }, rejects: RejectLog): void {
  const filled = counts.rows - counts.blank;
  if (rejects.count <= filled * maxRejectRatio) return;
  const share = ((rejects.count / filled) * 100).toFixed(1);
  throw new FileFault(
    "too_many_rejects",
    `${rejects.count.toString()} of ${filled.toString()} rows (${share} %) cannot be taken; at most 5 % may be. Nothing was kept.`,
  );
}

function nothingKept(counts: { rows: number; blank: number }, rejected: number): ImportCounts {
  const discarded = counts.rows - counts.blank - rejected;
  return { ...counts, accepted: 0, duplicate: 0, conflicting: 0, rejected, discarded };
}

function requireSum(counts: ImportCounts): void {
  const { rows, accepted, duplicate, conflicting, rejected, blank } = counts;
  if (duplicate < 0 || rows !== accepted + duplicate + conflicting + rejected + blank) {
    throw new Error(`The counts of an import do not add up: ${JSON.stringify(counts)}`);
  }
}

/** Runs `body`, and ends the statement it waits for when the signal comes. */
async function cancellable<T>(
  session: ImportSession,
  signal: AbortSignal | undefined,
  body: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return body();
  signal.throwIfAborted();
  const cancel = (): void => {
    // Should it fail, the import ends by itself; there is nobody to tell.
    session.cancel().catch(() => undefined);
  };
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await body();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
