import type { Sql, SqlOrTx } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { streamPolls } from "@/db/queries/poll-stream";
import type { FiguresBlock } from "@/db/queries/report-rows";
import { newestPollsBefore } from "@/db/queries/store-polls";
import { readSchedules, type StoreSchedule } from "@/db/queries/store-schedules";
import { BucketSums, hoursOf, type Bucket } from "@/lib/uptime/buckets";
import { WindowEstimator } from "@/lib/uptime/estimate";
import { PollGapFinder } from "@/lib/uptime/poll-gaps";
import { stateAt, type StateAt } from "@/lib/uptime/store-state";
import type { EpochMs, Interval, Method, PackedPolls } from "@/lib/uptime/types";
import { defaultReachMs, windowAt } from "@/lib/uptime/windows";
import { figureCount, writeFigures } from "./figures";
import { isSameOpening, mayBeAmbiguousFromBefore, pollRangeAt, withPollBefore, type PollRange } from "./poll-range";
import { hasUnknownZone, schedulePreparer } from "./prepare-schedule";

export interface ReportRequest {
  /** Null: all stores that are known. */
  readonly storeKeys: readonly number[] | null;
  readonly method: Method;
  readonly asOf: EpochMs;
}

export interface ComputedReport extends FiguresBlock {
  readonly method: Method;
  readonly asOf: EpochMs;
  /** What each store is doing as of the report, where asked for. */
  readonly states: readonly StateAt[] | null;
  /** What the stores' week was together, where their states are asked for. */
  readonly week: FleetWeek | null;
  /** Stored zones that this runtime does not know; their stores were taken to be in the default zone. */
  readonly unknownZones: readonly string[];
}

/** All stores of a computation together. */
export interface FleetWeek {
  /** The week in whole hours of UTC. */
  readonly hours: readonly Bucket[];
  /** Stretches of it without a poll of any store; one may begin up to a day before it. */
  readonly pollGaps: readonly Interval[];
}

export interface ComputeOptions {
  readonly withStates?: boolean;
  /** Ends the work at the next store; what was read is dropped. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (storesDone: number, storesTotal: number) => void;
}

const noPolls: PackedPolls = { at: new Float64Array(0), active: new Uint8Array(0) };

/** What a store's figures are if its newest poll before the range is of the same opening and has this status. */
interface Alternative {
  readonly active: boolean;
  readonly figures: Int32Array;
}

/** The state of a computation, store after store in ascending order of key. Its results are in order of the rows. */
class Computation {
  readonly figures: Int32Array;
  readonly states: StateAt[];
  /** Stores, by index, whose bounds wait for their newest poll before the range. */
  private readonly undecided = new Map<number, Alternative>();
  private readonly withoutPolls: number[] = [];
  private readonly width: number;
  private readonly rows: Int32Array;
  private readonly estimator: WindowEstimator;
  private readonly prepare;
  private readonly hours: BucketSums;
  private readonly gaps: PollGapFinder;
  private done = 0;

  constructor(
    private readonly stores: readonly StoreSchedule[],
    private readonly method: Method,
    private readonly range: PollRange,
    private readonly options: ComputeOptions,
  ) {
    this.width = figureCount[method];
    this.figures = new Int32Array(stores.length * this.width);
    this.rows = rowsById(stores);
    this.states = new Array<StateAt>(options.withStates ? stores.length : 0);
    this.estimator = new WindowEstimator(defaultReachMs, range.asOf);
    this.prepare = schedulePreparer(range.open);
    this.hours = new BucketSums(hoursOf(windowAt(range.asOf, "week")));
    this.gaps = new PollGapFinder({ start: range.from, end: range.asOf });
  }

  /** Takes the polls of one store; the stores before it have none. Of a key that is no store nothing is taken. */
  take(storeKey: number, polls: PackedPolls): void {
    this.finishBefore(storeKey);
    if (this.stores[this.done]?.storeKey === storeKey) this.compute(polls);
  }

  finish(): void {
    this.finishBefore(Infinity);
  }

  private finishBefore(storeKey: number): void {
    while (this.done < this.stores.length && this.stores[this.done]!.storeKey < storeKey) this.compute(noPolls);
  }

  private compute(polls: PackedPolls): void {
    const { method, width, range, estimator } = this;
    const index = this.done++;
    const row = this.rows[index]!;
    const prepared = this.prepare(this.stores[index]!.schedule);
    writeFigures(this.figures, row * width, method, prepared, polls, range.asOf, estimator);
    if (method === "interpolated" && mayBeAmbiguousFromBefore(range, prepared.open, polls)) {
      const active = polls.active[0] !== 1;
      const figures = new Int32Array(width);
      writeFigures(figures, 0, method, prepared, withPollBefore(range, polls, active), range.asOf, estimator);
      this.undecided.set(index, { active, figures });
    }
    if (this.options.withStates) {
      this.states[row] = stateAt(prepared.open, polls, defaultReachMs, range.asOf, range.open);
      if (polls.at.length === 0) this.withoutPolls.push(index);
      this.hours.add(prepared.open, polls, defaultReachMs);
      this.gaps.add(polls);
    }
    if (this.done % 256 === 0) this.options.onProgress?.(this.done, this.stores.length);
  }

  block(): FiguresBlock {
    const storeIds = new Array<string>(this.stores.length);
    const storeKeys = new Int32Array(this.stores.length);
    this.stores.forEach(({ storeId, storeKey }, index) => {
      storeIds[this.rows[index]!] = storeId;
      storeKeys[this.rows[index]!] = storeKey;
    });
    return { storeIds, storeKeys, width: this.width, figures: this.figures };
  }

  week(): FleetWeek {
    const pollGaps = this.gaps.gaps().filter(({ end }) => end > this.range.weekStart);
    return { hours: this.hours.buckets(), pollGaps };
  }

  /** Settles the bounds, and since when there was no poll, by what was seen last before the range: one query. */
  async lookBefore(tx: SqlOrTx): Promise<void> {
    const asked = [...this.undecided.keys(), ...this.withoutPolls];
    const keys = asked.map((index) => this.stores[index]!.storeKey);
    const newest = await newestPollsBefore(tx, keys, this.range.from);
    for (const [index, { active, figures }] of this.undecided) {
      const { storeKey, schedule } = this.stores[index]!;
      const before = newest.get(storeKey);
      if (before === undefined || (before.status === "active") !== active) continue;
      if (isSameOpening(this.range, this.prepare(schedule).schedule, before.at)) {
        this.figures.set(figures, this.rows[index]! * this.width);
      }
    }
    for (const index of this.withoutPolls) {
      const before = newest.get(this.stores[index]!.storeKey);
      const row = this.rows[index]!;
      if (before !== undefined) this.states[row] = { ...this.states[row]!, lastPollAt: before.at };
    }
  }
}

/** The row of each store: rows are in byte order of the ids, which are ASCII, as they are in the database. */
function rowsById(stores: readonly StoreSchedule[]): Int32Array {
  const order = Int32Array.from(stores.keys()).sort((a, b) => (stores[a]!.storeId < stores[b]!.storeId ? -1 : 1));
  const rows = new Int32Array(stores.length);
  order.forEach((index, row) => {
    rows[index] = row;
  });
  return rows;
}

function unknownZonesOf(stores: readonly StoreSchedule[]): readonly string[] {
  // Stores of one zone share few schedules, which share nothing more: a zone is looked up once.
  const given = new Map(stores.map(({ schedule }) => [schedule.timeZone, schedule]));
  return [...given.values()].filter(hasUnknownZone).flatMap(({ timeZone }) => timeZone ?? []);
}

/**
 * Computes the figures of stores over hour, day and week as of one instant, from one snapshot of the database, as the
 * polls stream out of it.
 * @returns rows in byte order of store ids
 */
export async function computeReport(
  sql: Sql,
  { storeKeys, method, asOf }: ReportRequest,
  options: ComputeOptions = {},
): Promise<ComputedReport> {
  const range = pollRangeAt(asOf);
  const { stores, computation } = await withTransaction(
    sql,
    async ({ sql: tx }) => {
      const stores = await readSchedules(tx, storeKeys);
      options.onProgress?.(0, stores.length);
      const computation = new Computation(stores, method, range, options);
      const selection = { storeKeys, from: range.from, to: asOf };
      await streamPolls(
        tx,
        selection,
        (storeKey, polls) => {
          computation.take(storeKey, polls);
        },
        options.signal,
      );
      computation.finish();
      await computation.lookBefore(tx);
      return { stores, computation };
    },
    "snapshot",
  );
  const states = options.withStates ? computation.states : null;
  const week = options.withStates ? computation.week() : null;
  return { ...computation.block(), method, asOf, states, week, unknownZones: unknownZonesOf(stores) };
}
