import type { Database, Db } from "@/db/client";
import { cancelStatement, identifyTransaction } from "@/db/queries/bulk/cancel-statement";
import { exportRows, type ExportKind, type ExportSelection } from "@/db/queries/bulk/export-rows";
import { listMatchingKeys } from "@/db/queries/bulk/fleet-filter";
import { findSnapshot, type Snapshot } from "@/db/queries/reports";
import type { ExportQuery } from "@/lib/contract/exports";
import { readSnapshotAs } from "@/lib/server/access/as-viewer";
import { requireStoreKeys } from "@/lib/server/access/store-keys";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { parseInstant } from "@/lib/server/wire/as-of";
import { findHoursBeforePlanned } from "@/lib/server/zones/keep-earlier-hours";
import { isFiltered, toFleetFilter } from "@/lib/server/access/fleet-filter";
import { FairQueue } from "./fair-queue";

/** How long a client may take for a chunk. After that its download ends, because it holds a connection. */
const slowestMs = 30_000;

/** @param snapshot of a filtered export   @throws AppError store_not_found, no_snapshot */
async function keysOf(
  tx: Db,
  viewer: Viewer,
  query: ExportQuery,
  snapshot: Snapshot | null,
): Promise<readonly number[] | null> {
  const { store_id: storeId, bom: _bom, from: _from, to: _to, ...filter } = query;
  const one = storeId === undefined ? null : await requireStoreKeys(tx, viewer, [storeId]);
  if (!isFiltered(filter)) return one ?? (viewer.stores === "all" ? null : viewer.stores);
  if (snapshot === null) {
    throw new AppError(
      "no_snapshot",
      "The fleet has no figures yet, so no filter matches. Name a store, or no filter.",
    );
  }
  const keys = await listMatchingKeys(tx, snapshot.id, toFleetFilter(viewer, filter));
  return one === null ? keys : keys.filter((key) => one.includes(key));
}

/** @throws AppError invalid_from, invalid_to, invalid_range */
function rangeOf({ from, to }: ExportQuery): Pick<ExportSelection, "from" | "to"> {
  const range = {
    from: from === undefined ? null : parseInstant("from", from),
    to: to === undefined ? null : parseInstant("to", to),
  };
  if (range.from === null || range.to === null || range.from < range.to) return range;
  const reason = "from must be before to.";
  throw new AppError("invalid_range", reason, { faults: [{ pointer: "/from", code: "invalid_range", reason }] });
}

/** Passes chunks to a stream, each when its reader wants it. */
class Chunks {
  readonly body: ReadableStream<Uint8Array>;
  #wanted: () => void = () => undefined;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #isCancelled = false;

  constructor() {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => {
          this.#wanted();
        },
        cancel: () => {
          this.#isCancelled = true;
          this.#wanted();
        },
      },
      { highWaterMark: 1 },
    );
  }

  /** @throws {Error} when the reader is gone or too slow */
  async send(chunk: Uint8Array): Promise<void> {
    if (!this.#isCancelled && (this.#controller.desiredSize ?? 0) <= 0) await this.#untilWanted();
    if (this.#isCancelled) throw new Error("The download was cancelled.");
    this.#controller.enqueue(chunk);
  }

  end(): void {
    if (!this.#isCancelled) this.#controller.close();
  }

  fail(error: unknown): void {
    if (!this.#isCancelled) this.#controller.error(error);
  }

  #untilWanted(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error("The client took too long."));
      }, slowestMs);
      this.#wanted = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** An export holds a connection for as long as its client reads, so few run at a time. */
const exportsInTurn = new FairQueue(2, 20);

/**
 * Rows of stores as the file that imports them, as of one moment: one transaction, under the viewer's row-level security,
 * that streams as the client reads.
 * @returns once the first bytes are there, so that an error is a response of its own
 * @throws AppError store_not_found, no_snapshot, invalid_from, invalid_to, invalid_range, overloaded
 */
export async function streamExport(
  database: Database,
  viewer: Viewer,
  kind: ExportKind,
  query: ExportQuery,
): Promise<ReadableStream<Uint8Array>> {
  const range = rangeOf(query);
  // Row-level security hides it.
  const snapshot = isFiltered(query) ? await findSnapshot(database, null) : null;
  const chunks = new Chunks();
  return new Promise((resolve, reject) => {
    const run = async (tx: Db): Promise<void> => {
      await tx.sql`select set_config('statement_timeout', '0', true)`;
      const storeKeys = await keysOf(tx, viewer, query, snapshot);
      resolve(chunks.body);
      if (query.bom === "1") await chunks.send(Buffer.from("\uFEFF"));
      const transaction = await identifyTransaction(tx);
      const cancel = () => cancelStatement(database, transaction);
      const beforePlanned = kind === "hours" ? await findHoursBeforePlanned(tx) : [];
      await exportRows(tx, kind, { storeKeys, ...range, beforePlanned }, (chunk) => chunks.send(chunk), cancel);
    };
    const read = () => readSnapshotAs(database, viewer, run, { attempts: 1 });
    exportsInTurn.run(read, viewer.principal).then(
      () => {
        chunks.end();
      },
      (error: unknown) => {
        reject(error instanceof Error ? error : new Error("The export failed.", { cause: error }));
        chunks.fail(error);
      },
    );
  });
}
