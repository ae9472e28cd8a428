import type { TupleBatch } from "@/db/queries/bulk/import-tuples";
import type { EpochMs } from "@/lib/uptime/types";
import type { ImportKind } from "@/lib/server/imports/csv-header";
import { defaultFileLimits, type FileLimits } from "@/lib/server/imports/file-bytes";
import { FileFault, type FileFaultCode } from "@/lib/server/imports/file-fault";
import { DetailRows } from "@/lib/server/imports/detail-rows";
import { ExceptionRows } from "@/lib/server/imports/exception-rows";
import { HoursRows } from "@/lib/server/imports/hours-rows";
import { ImportWarnings, type WarningCode } from "@/lib/server/imports/import-warnings";
import { PollRows } from "@/lib/server/imports/poll-rows";
import { readFile } from "@/lib/server/imports/read-file";
import { RejectLog } from "@/lib/server/imports/reject-log";
import type { RowFaultCode } from "@/lib/server/text/row-faults";
import type { RowReader } from "@/lib/server/imports/row-reader";
import { StoreIds } from "@/lib/server/imports/store-ids";
import { ZoneRows } from "@/lib/server/imports/zone-rows";

/** The clock of the tests. */
export const testNow: EpochMs = Date.UTC(2023, 0, 25, 18);

export interface Read {
  /** Why the file failed; null when it did not. */
  readonly error: FileFaultCode | null;
  readonly errorLine: number | undefined;
  readonly detail: string;
  readonly rows: number;
  readonly blank: number;
  readonly rejects: readonly {
    readonly line: number;
    readonly offset: number;
    readonly code: RowFaultCode;
    readonly reason: string;
  }[];
  readonly warnings: readonly WarningCode[];
  /** The stores of each warning about stores. */
  readonly storesOf: Readonly<Partial<Record<WarningCode, readonly string[]>>>;
  /** Ids of the stores in good rows. */
  readonly stores: readonly string[];
  /** What would be staged, decoded from the bytes of the COPY. */
  readonly staged: readonly (readonly number[])[];
  readonly zones: readonly (string | null)[];
}

/** Pieces of `bytes`, of at most `size` bytes each. */
export function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

export async function* asSource(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(chunk);
}

/** Reads a file as the import does, up to the database. */
export async function readBytes(
  kind: ImportKind,
  content: string | Uint8Array,
  options: { readonly pieceSize?: number; readonly limits?: Partial<FileLimits> } = {},
): Promise<Read> {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const stores = new StoreIds();
  const sent: Uint8Array[] = [];
  const send = (tuples: TupleBatch): Promise<void> => {
    sent.push(tuples.bytes);
    return Promise.resolve();
  };
  const zoneRows = new ZoneRows(stores);
  const hoursRows = new HoursRows(stores, send);
  const readers: Record<ImportKind, RowReader> = {
    polls: new PollRows(testNow, stores, send),
    hours: hoursRows,
    timezones: zoneRows,
    stores: new DetailRows(stores),
    exceptions: new ExceptionRows(stores),
  };
  const reader = readers[kind];
  const warnings = new ImportWarnings();
  const log = new RejectLog();
  const counts = { rows: 0, blank: 0 };
  let fault: FileFault | null = null;
  try {
    await readFile({
      kind,
      source: asSource(pieces(bytes, options.pieceSize ?? 65_536)),
      limits: { ...defaultFileLimits, ...options.limits },
      reader,
      warnings,
      rejects: log,
      counts,
      bytesRead: { bytes: 0 },
      onWindow: () => undefined,
    });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    fault = error;
  }
  await hoursRows.sendClosedDays();
  return {
    error: fault?.code ?? null,
    errorLine: fault?.options.line,
    detail: fault?.message ?? "",
    rows: counts.rows,
    blank: counts.blank,
    rejects: log.kept.map(({ line, byteOffset, code, reason }) => ({ line, offset: byteOffset, code, reason })),
    warnings: warnings.list().map(({ code }) => code),
    storesOf: Object.fromEntries(
      warnings.list().flatMap(({ code, stores: named }) => (named.length === 0 ? [] : [[code, named]])),
    ),
    stores: Array.from({ length: stores.size }, (_, i) => stores.at(i)),
    staged: decode(Buffer.concat(sent)),
    zones: zoneRows.zones,
  };
}

/** Numbers of each tuple of a binary COPY; instants as ms since 1970. */
function decode(bytes: Buffer): number[][] {
  const tuples: number[][] = [];
  for (let i = 0; i < bytes.length;) {
    const tuple: number[] = [];
    const columns = bytes.readInt16BE(i);
    i += 2;
    for (let column = 0; column < columns; column++) {
      const length = bytes.readInt32BE(i);
      i += 4;
      if (length === 8) tuple.push(Number(bytes.readBigInt64BE(i) / 1_000n) + 946_684_800_000);
      else tuple.push(length === 1 ? (bytes[i] ?? NaN) : bytes.readInt32BE(i));
      i += length;
    }
    tuples.push(tuple);
  }
  return tuples;
}
