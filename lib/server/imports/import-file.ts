import { listLongNumericIds } from "@/db/queries/bulk/spreadsheet-rounded-ids";
import { KnownIds } from "@/lib/server/text/rounded-ids";
import type { Database, Db } from "@/db/client";
import { faultPoint } from "@/lib/faults/fault-point";
import type { HoursFrom } from "@/db/queries/bulk/earlier-hours";
import { announceFleetChange } from "@/db/queries/bulk/fleet-state";
import { vacuumAnalyze } from "@/db/queries/bulk/vacuum-analyze";
import { withImportSession, type ImportSession } from "@/db/queries/bulk/import-session";
import type { EpochMs } from "@/lib/uptime/types";
import type { ImportKind } from "./csv-header";
import { defaultFileLimits, type FileLimits } from "./file-bytes";
import { FileFault } from "./file-fault";
import { importOf } from "./import-kinds";
import type { ImportCounts, ImportProgress, ImportResult } from "./import-result";
import { ImportWarnings } from "./import-warnings";
import { readFile } from "./read-file";
import { RejectLog } from "./reject-log";

/** With a greater share of rejected rows the file is not what it is taken for. */
const maxRejectRatio = 0.05;
/** In a shorter file a few rejected rows are a great share, so they say nothing about the others. */
const fewestRowsForRatio = 100;

export interface ImportRequest {
  readonly kind: ImportKind;
  /** The file's bytes; gzip is inflated. An error of the source is rethrown. */
  readonly source: AsyncIterable<Uint8Array>;
  /** Our clock: polls more than five minutes ahead of it are rejected. */
  readonly now: EpochMs;
  readonly limits?: FileLimits;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Aborts the import; its reason is thrown. After the commit it has no effect, and the result is returned. */
  readonly signal?: AbortSignal;
  /** The file is read and validated, and its good rows are discarded. */
  readonly dryRun?: boolean;
  /** A single rejected row fails the file. */
  readonly abortOnReject?: boolean;
  /** From when on the hours of a file of hours apply. Default: see `HoursFrom`. */
  readonly hoursFrom?: HoursFrom;
  readonly record?: ImportRecord;
}

/** Committed together with the file. */
export interface ImportRecord {
  /** The import under which changed polls are recorded, so that it can be undone. */
  readonly importId: number;
  /**
   * Records the result, in the transaction that keeps the rows (or none of them). Called again when the merge failed to
   * serialize; an error rolls everything back and is rethrown.
   */
  settle(db: Db, result: ImportResult): Promise<void>;
}

/**
 * Imports one file in one transaction: all of its good rows are kept, or nothing of it. Repetition and
 * concurrency do not change the final state. Nor does the order of polls; of hours, special hours, zones and details the
 * last file counts, and hours without a first date apply from that of the newest poll at the time. Hours are replaced as a whole for the stores in the file; a store with a
 * rejected row keeps the hours it had.
 * @param database with two connections or more: one stays with the import
 * @returns `failed` when the file is at fault; errors of the database and the source are thrown
 */
export async function importFile(database: Database, request: ImportRequest): Promise<ImportResult> {
  request.signal?.throwIfAborted();
  const { result, tables } = await withImportSession(database, (session) =>
    importInSession(database, session, request),
  );
  await faultPoint("import.committed");
  if (tables.length > 0) {
    await vacuumAnalyze(database, tables);
    await announceFleetChange(database);
  }
  return result;
}

interface Imported {
  readonly result: ImportResult;
  /** Tables whose statistics are now stale. */
  readonly tables: readonly string[];
}

async function importInSession(
  database: Database,
  session: ImportSession,
  {
    kind,
    source,
    now,
    limits = defaultFileLimits,
    onProgress,
    signal,
    dryRun,
    abortOnReject,
    hoursFrom = null,
    record,
  }: ImportRequest,
): Promise<Imported> {
  const warnings = new ImportWarnings();
  const rejects = new RejectLog();
  const counts = { rows: 0, blank: 0 };
  const bytesRead = { bytes: 0 };
  const importId = record?.importId ?? null;
  const known = new KnownIds(await listLongNumericIds(session));
  const target = importOf(kind, { session, pool: database, now, warnings, known, importId, hoursFrom });
  const progress = (phase: ImportProgress["phase"]): void => {
    onProgress?.({ phase, bytes: bytesRead.bytes, rows: counts.rows });
  };
  const onWindow = (): void => {
    signal?.throwIfAborted();
    progress("reading");
  };
  const settle = async (result: ImportResult): Promise<ImportResult> => {
    await record?.settle(session, result);
    return result;
  };
  const complete = async (kept: ImportCounts): Promise<ImportResult> => {
    requireSum(kept);
    const list = await rejects.list(session);
    return settle({ outcome: "complete", kind, counts: kept, warnings: warnings.list(), rejects: list });
  };
  const keepNothing = async (settleOutcome: () => Promise<ImportResult>): Promise<Imported> => {
    await target.abandon();
    await session.restart();
    return { result: await settleOutcome(), tables: [] };
  };
  try {
    await readFile({ kind, source, limits, reader: target.reader, warnings, rejects, counts, bytesRead, onWindow });
    refuseRejects(counts, rejects, abortOnReject === true);
  } catch (error) {
    if (!(error instanceof FileFault)) {
      await target.abandon();
      throw error;
    }
    const { code, message: detail, options } = error;
    const place = options.line === undefined ? {} : { line: options.line };
    return keepNothing(async () =>
      settle({
        outcome: "failed",
        kind,
        counts: nothingKept(counts, rejects.count),
        warnings: warnings.list(),
        rejects: await rejects.list(session),
        error: { code, detail, ...place },
      }),
    );
  }

  const good = counts.rows - counts.blank - rejects.count;
  if (good === 0 || dryRun === true) return keepNothing(() => complete(nothingKept(counts, rejects.count)));
  progress("storing");
  await faultPoint("import.read");
  let result: ImportResult | null = null;
  const { tables } = await cancellable(session, signal, () =>
    target.store(good, async ({ accepted, duplicate, conflicting, discarded }) => {
      await faultPoint("import.merged");
      // Between two statements there was none that the signal could have cancelled.
      signal?.throwIfAborted();
      const kept = { ...counts, accepted, duplicate, conflicting, rejected: rejects.count, discarded };
      result = await complete(kept);
      await faultPoint("import.settled");
    }),
  );
  return { result: settled(result), tables };
}

function settled(result: ImportResult | null): ImportResult {
  if (result === null) throw new Error("The import ended without a result.");
  return result;
}

function refuseRejects(counts: { rows: number; blank: number }, rejects: RejectLog, any: boolean): void {
  const filled = counts.rows - counts.blank;
  if (any && rejects.count > 0) {
    throw new FileFault(
      "rows_rejected",
      `${rejects.count.toString()} of ${filled.toString()} rows were rejected, and on_error is abort. Nothing was kept.`,
    );
  }
  if (filled < fewestRowsForRatio || rejects.count <= filled * maxRejectRatio) return;
  const share = ((rejects.count / filled) * 100).toFixed(1);
  throw new FileFault(
    "too_many_rejects",
    `${rejects.count.toString()} of ${filled.toString()} rows (${share}%) were rejected; the maximum is 5%. Nothing was kept.`,
  );
}

function nothingKept(counts: { rows: number; blank: number }, rejected: number): ImportCounts {
  const discarded = counts.rows - counts.blank - rejected;
  return { ...counts, accepted: 0, duplicate: 0, conflicting: 0, rejected, discarded };
}

function requireSum(counts: ImportCounts): void {
  const { rows, accepted, duplicate, conflicting, rejected, blank, discarded } = counts;
  if (duplicate < 0 || rows !== accepted + duplicate + conflicting + rejected + blank + discarded) {
    throw new Error(`The counts of an import do not add up: ${JSON.stringify(counts)}`);
  }
}

/** Runs `body`, and cancels its current statement when the signal aborts. */
async function cancellable<T>(
  session: ImportSession,
  signal: AbortSignal | undefined,
  body: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return body();
  signal.throwIfAborted();
  const cancel = (): void => {
    // If that fails, the import ends by itself, and no one needs to know.
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
