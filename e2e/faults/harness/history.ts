import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** One poll as a client sends it. */
export interface SentPoll {
  readonly store_id: string;
  readonly at: string;
  readonly status: "active" | "inactive";
}

export interface ImportCounts {
  readonly rows: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly conflicting: number;
  readonly rejected: number;
  readonly blank: number;
}

/** What a client requested, or saw. */
export type Operation =
  | { readonly kind: "polls"; readonly polls: readonly SentPoll[] }
  | { readonly kind: "import"; readonly importId: number; readonly state: string; readonly counts: ImportCounts | null }
  | { readonly kind: "trigger"; readonly key: string; readonly reportId: number | null }
  | { readonly kind: "report"; readonly reportId: number; readonly state: string | null }
  | { readonly kind: "csv"; readonly reportId: number; readonly sha256: string | null; readonly etag: string | null };

/**
 * `invoke`: about to be sent. `ok`: acknowledged, or seen. `fail`: refused, and so without effect. `info`: unknown
 * whether it had its effect, because the response was lost or said so.
 */
export interface Event {
  readonly type: "invoke" | "ok" | "fail" | "info";
  /** Number of the operation, shared by an `invoke` and its outcome. */
  readonly op: number;
  /** Ms of a monotonic clock. */
  readonly at: number;
  readonly operation: Operation;
}

/** What clients did and saw, in order; also written to a file as JSON lines. */
export class History {
  readonly events: Event[] = [];
  #ops = 0;

  /** @param file where it is also written; null: nowhere */
  constructor(private readonly file: string | null) {
    if (file === null) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }

  /** @returns the operation's number */
  invoke(operation: Operation): number {
    const op = ++this.#ops;
    this.#note("invoke", op, operation);
    return op;
  }

  outcome(type: "ok" | "fail" | "info", op: number, operation: Operation): void {
    this.#note(type, op, operation);
  }

  #note(type: Event["type"], op: number, operation: Operation): void {
    const event: Event = { type, op, at: performance.now(), operation };
    this.events.push(event);
    if (this.file !== null) appendFileSync(this.file, `${JSON.stringify(event)}\n`);
  }
}
