import type { ImportKind } from "./csv-header";
import type { FileFaultCode } from "./file-fault";
import type { ImportWarning } from "./import-warnings";
import type { Reject } from "@/lib/server/text/row-faults";

/** Rows below the header. `rows` is the sum of the others. */
export interface ImportCounts {
  readonly rows: number;
  readonly accepted: number;
  /** Repeated what was stored, or another row of the file. */
  readonly duplicate: number;
  /** Contradicted another row or what was stored. */
  readonly conflicting: number;
  readonly rejected: number;
  readonly blank: number;
  /** Good rows that were not kept: the file failed, or another row of their store was rejected. */
  readonly discarded: number;
}

interface ImportOutcome {
  readonly kind: ImportKind;
  readonly counts: ImportCounts;
  readonly warnings: readonly ImportWarning[];
  /** The first ten thousand rejected rows, by line. */
  readonly rejects: readonly Reject[];
}

/** `complete`: every good row was stored, but those of stores whose hours have a rejected row. `failed`: none was. */
export type ImportResult =
  | (ImportOutcome & { readonly outcome: "complete" })
  | (ImportOutcome & {
      readonly outcome: "failed";
      readonly error: { readonly code: FileFaultCode; readonly detail: string; readonly line?: number };
    });

export interface ImportProgress {
  readonly phase: "reading" | "storing";
  /** Bytes of the file as received, possibly compressed. */
  readonly bytes: number;
  readonly rows: number;
}
