import type { Database, Db } from "@/db/client";
import type { RlsScope } from "@/db/rls";
import { withTransaction } from "@/db/transaction";
import { streamPolls } from "@/db/queries/bulk/poll-stream";
import type { FiguresBlock } from "@/db/queries/bulk/report-rows";
import { hasPollBefore } from "@/db/queries/bulk/store-polls";
import { readSchedules, scheduleDecoder, splitStores } from "@/db/queries/bulk/store-schedules";
import { exceptionDates } from "@/lib/uptime/business-hours";
import type { EpochMs, Method } from "@/lib/uptime/types";
import { ComputationContext, BatchComputation, type FleetWeek, type ReportBatch } from "./compute-batch";
import { figureCount } from "./figures";
import { pollRangeAt } from "./poll-range";

/** Stores per batch: many enough that the extra queries do not matter, few enough for memory. */
const storesPerBatch = 4096;

export interface ReportRequest {
  /** Null: all known stores. */
  readonly storeKeys: readonly number[] | null;
  readonly method: Method;
  readonly asOf: EpochMs;
}

/** Totals over the stores of a computation. */
export interface ReportTotals {
  readonly stores: number;
  /** The fleet's week, when states are requested. */
  readonly week: FleetWeek | null;
  /** Stored zones that this runtime does not know; their stores are computed in the default zone. */
  readonly unknownZones: readonly string[];
}

export interface ComputeOptions {
  readonly withStates?: boolean;
  /** Row-level security for the reads. */
  readonly rls?: RlsScope | null;
  /** Maximum number of stores per batch. */
  readonly storesPerBatch?: number;
  /** Ends the work at the next store and discards what was read. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (storesDone: number, storesTotal: number) => void;
  /** How long to wait for a connection; forever by default. */
  readonly connectionTimeoutMs?: number;
}

/**
 * Computes the figures of stores over hour, day and week as of one instant, from one snapshot of the database, while
 * the polls stream out of it. Batches of stores are computed in order of key, so that a fleet of any size takes the
 * memory of one batch.
 * @param take receives ownership of each batch; the next one is computed when it has resolved
 */
export async function computeInBatches(
  database: Database,
  { storeKeys, method, asOf }: ReportRequest,
  options: ComputeOptions,
  take: (batch: ReportBatch) => Promise<void>,
): Promise<ReportTotals> {
  const range = pollRangeAt(asOf);
  return withTransaction(
    database,
    async (tx) => {
      const context = new ComputationContext(method, range, options.withStates === true);
      const dates = exceptionDates(range.open);
      const decoder = await scheduleDecoder(tx, dates);
      const { ranges: keyRanges, stores } = await splitStores(tx, storeKeys, options.storesPerBatch ?? storesPerBatch);
      let done = 0;
      options.onProgress?.(done, stores);
      for (const keys of keyRanges) {
        const computation = new BatchComputation(context, await readSchedules(tx, keys, dates, decoder));
        const selection = { ...keys, from: range.from, to: asOf };
        await streamPolls(
          tx,
          selection,
          (storeKey, polls) => {
            computation.take(storeKey, polls);
            options.onProgress?.(done + computation.storesDone, stores);
          },
          options.signal,
        );
        const batch = await computation.finish(tx);
        done += batch.storeIds.length;
        options.onProgress?.(done, stores);
        await take(batch);
      }
      const week = options.withStates ? await fleetWeek(tx, context) : null;
      return { stores: done, week, unknownZones: context.preparer.unknownZones };
    },
    "snapshot",
    // Batches that were taken cannot be taken back, so the caller has to retry.
    { attempts: 1, rls: options.rls ?? null, connectionTimeoutMs: options.connectionTimeoutMs ?? null },
  );
}

/** The fleet's week. The time before the first poll of all is no gap in polling, which had not begun. */
async function fleetWeek(tx: Db, context: ComputationContext): Promise<FleetWeek> {
  const week = context.week();
  const { from } = context.range;
  const [first, ...later] = week.pollGaps;
  return first?.start === from && !(await hasPollBefore(tx, from)) ? { ...week, pollGaps: later } : week;
}

/** All figures of a report, in byte order of store ids. */
export interface ComputedReport extends FiguresBlock, ReportTotals {
  readonly method: Method;
  readonly asOf: EpochMs;
}

/** Computes all figures of a report and keeps them in memory. */
export async function computeReport(
  database: Database,
  request: ReportRequest,
  options: ComputeOptions = {},
): Promise<ComputedReport> {
  const batches: ReportBatch[] = [];
  const totals = await computeInBatches(database, request, options, (batch) => {
    batches.push(batch);
    return Promise.resolve();
  });
  const width = figureCount[request.method];
  const rows = batches
    .flatMap((batch) => batch.storeIds.map((storeId, row) => ({ storeId, batch, row })))
    .sort((a, b) => (a.storeId < b.storeId ? -1 : 1));
  const figures = new Int32Array(rows.length * width);
  rows.forEach(({ batch, row }, index) => {
    figures.set(batch.figures.subarray(row * width, (row + 1) * width), index * width);
  });
  const storeIds = rows.map(({ storeId }) => storeId);
  const storeKeys = Int32Array.from(rows, ({ batch, row }) => batch.storeKeys[row]!);
  return { ...totals, method: request.method, asOf: request.asOf, storeIds, storeKeys, width, figures };
}
