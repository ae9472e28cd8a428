import type { ImportKind } from "./csv-header";
import type { FileFaultCode } from "./file-fault";
import type { ImportWarning } from "./import-warnings";
import type { Reject } from "@/lib/server/text/row-faults";

/** Rows below the header. `rows` is the sum of the others. */
export interface ImportCounts {
  readonly rows: number;
  readonly accepted: number;
  /** Said what was held, or what another row of the file says, already. */
  readonly duplicate: number;
  /** Contradicted another row or what was held. */
  readonly conflicting: number;
  readonly rejected: number;
  readonly blank: number;
  /** Good rows that were not kept, since nothing of the file was. */
  readonly discarded: number;
}

interface ImportOutcome {
  readonly kind: ImportKind;
  readonly counts: ImportCounts;
  readonly warnings: readonly ImportWarning[];
  /** The first ten thousand rows that were not taken, in order of line. */
  readonly rejects: readonly Reject[];
}

/** `complete`: every good row is kept. `failed`: nothing of the file is. */
export type ImportResult =
  | (ImportOutcome & { readonly outcome: "complete" })
  | (ImportOutcome & {
      readonly outcome: "failed";
      readonly error: { readonly code: FileFaultCode; readonly detail: string; readonly line?: number };
    });

export interface ImportProgress {
  readonly phase: "reading" | "storing";
  /** Bytes of the file as it comes, still compressed where it is. */
  readonly bytes: number;
  readonly rows: number;
}
