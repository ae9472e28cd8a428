import type { Db } from "@/db/client";
import type { FiguresBlock } from "@/db/queries/bulk/report-rows";
import { newestPollsBefore } from "@/db/queries/bulk/store-polls";
import { allStores, readSchedules, type StoreSchedule } from "@/db/queries/bulk/store-schedules";
import { exceptionDates } from "@/lib/uptime/business-hours";
import { BucketSums, cutAtUtcHours, type Bucket } from "@/lib/uptime/buckets";
import { WindowEstimator } from "@/lib/uptime/estimate";
import { PollGapFinder } from "@/lib/uptime/poll-gaps";
import { stateAt, type StateAt } from "@/lib/uptime/store-state";
import type { EpochMs, Interval, Method, PackedPolls, Schedule } from "@/lib/uptime/types";
import { defaultReachMs, windowAt } from "@/lib/uptime/windows";
import { figureCount, writeFigures } from "./figures";
import { weekIncidents, type StoreIncident } from "./week-incidents";
import { isSameOpening, mayBeAmbiguousFromBefore, withPollBefore, type PollRange } from "./poll-range";
import { SchedulePreparer, toSchedule } from "./prepare-schedule";

/** The figures of some of a report's stores, in byte order of their ids. */
export interface ReportBatch extends FiguresBlock {
  /** Each store's state as of the report, when requested. */
  readonly states: readonly StateAt[] | null;
  /** Those that overlap the week, by store, when states are requested; else none. */
  readonly incidents: readonly StoreIncident[];
}

/** All stores of a computation together. */
export interface FleetWeek {
  /** The week in whole hours of UTC. */
  readonly hours: readonly Bucket[];
  /** Gaps in it without a poll of any store; one may start up to a day before the week. */
  readonly pollGaps: readonly Interval[];
}

const noPolls: PackedPolls = { at: new Float64Array(0), active: new Uint8Array(0) };

/** Shared by the computations of all batches of a report. */
export class ComputationContext {
  readonly estimator: WindowEstimator;
  readonly preparer: SchedulePreparer;
  readonly hours: BucketSums;
  readonly gaps: PollGapFinder;

  constructor(
    readonly method: Method,
    readonly range: PollRange,
    readonly withStates: boolean,
  ) {
    this.estimator = new WindowEstimator(defaultReachMs, range.asOf);
    this.preparer = new SchedulePreparer(range.open);
    this.hours = new BucketSums(cutAtUtcHours(windowAt(range.asOf, "week")));
    this.gaps = new PollGapFinder({ start: range.from, end: range.asOf });
  }

  week(): FleetWeek {
    const pollGaps = this.gaps.gaps().filter(({ end }) => end > this.range.weekStart);
    return { hours: this.hours.buckets(), pollGaps };
  }
}

/** A store's figures in case its newest poll before the range belongs to the same opening and has this status. */
interface Alternative {
  readonly active: boolean;
  readonly figures: Int32Array;
}

/** Computes a batch of stores, one after another in ascending order of key. */
export class BatchComputation {
  private readonly figures: Int32Array;
  private readonly states: StateAt[];
  private readonly incidents: StoreIncident[] = [];
  /** Stores, by index, whose bounds depend on their newest poll before the range. */
  private readonly undecided = new Map<number, Alternative>();
  private readonly withoutPolls: number[] = [];
  private readonly width: number;
  private readonly rows: Int32Array;
  private done = 0;

  constructor(
    private readonly context: ComputationContext,
    private readonly stores: readonly StoreSchedule[],
  ) {
    this.width = figureCount[context.method];
    this.figures = new Int32Array(stores.length * this.width);
    this.rows = rowsById(stores);
    this.states = new Array<StateAt>(context.withStates ? stores.length : 0);
  }

  /** How many stores are computed. */
  get storesDone(): number {
    return this.done;
  }

  /** Takes the polls of one store; stores that were skipped have none. Polls of an unknown key are ignored. */
  take(storeKey: number, polls: PackedPolls): void {
    this.finishBefore(storeKey);
    if (this.stores[this.done]?.storeKey === storeKey) this.compute(polls);
  }

  /**
   * Ends the computation after all polls were accepted. One query reads the newest polls before the range, which decide
   * the rest.
   */
  async finish(tx: Db): Promise<ReportBatch> {
    this.finishBefore(Infinity);
    await this.lookBefore(tx);
    const storeIds = new Array<string>(this.stores.length);
    const storeKeys = new Int32Array(this.stores.length);
    this.stores.forEach(({ storeId, storeKey }, index) => {
      storeIds[this.rows[index]!] = storeId;
      storeKeys[this.rows[index]!] = storeKey;
    });
    const states = this.context.withStates ? this.states : null;
    return { storeIds, storeKeys, width: this.width, figures: this.figures, states, incidents: this.incidents };
  }

  private finishBefore(storeKey: number): void {
    while (this.done < this.stores.length && this.stores[this.done]!.storeKey < storeKey) this.compute(noPolls);
  }

  private compute(polls: PackedPolls): void {
    const { width } = this;
    const { method, range, estimator, preparer, withStates, hours, gaps } = this.context;
    const index = this.done++;
    const row = this.rows[index]!;
    const prepared = preparer.prepare(this.stores[index]!.schedule);
    writeFigures(this.figures, row * width, method, prepared, polls, range.asOf, estimator);
    if (method === "interpolated" && mayBeAmbiguousFromBefore(range, prepared.open, polls)) {
      const active = polls.active[0] !== 1;
      const figures = new Int32Array(width);
      writeFigures(figures, 0, method, prepared, withPollBefore(range, polls, active), range.asOf, estimator);
      this.undecided.set(index, { active, figures });
    }
    if (!withStates) return;
    this.states[row] = stateAt(prepared.open, polls, defaultReachMs, range.asOf, range.open);
    if (polls.at.length === 0) this.withoutPolls.push(index);
    hours.add(prepared.open, polls, defaultReachMs);
    gaps.add(polls);
    this.incidents.push(...weekIncidents(this.stores[index]!.storeKey, prepared.open, polls, range));
  }

  /** Decides the bounds, and since when a store had no poll. */
  private async lookBefore(tx: Db): Promise<void> {
    const { range } = this.context;
    const asked = [...this.undecided.keys(), ...this.withoutPolls];
    const keys = asked.map((index) => this.stores[index]!.storeKey);
    const newest = await newestPollsBefore(tx, keys, range.from);
    const decisive = new Map<number, EpochMs>();
    for (const [index, { active }] of this.undecided) {
      const { storeKey } = this.stores[index]!;
      const before = newest.get(storeKey);
      if (before !== undefined && (before.status === "active") === active) decisive.set(storeKey, before.at);
    }
    const schedules = await this.readSchedulesSince(tx, decisive);
    for (const [index, { figures }] of this.undecided) {
      const { storeKey } = this.stores[index]!;
      const [at, schedule] = [decisive.get(storeKey), schedules.get(storeKey)];
      if (at === undefined || schedule === undefined || !isSameOpening(range, schedule, at)) continue;
      this.figures.set(figures, this.rows[index]! * this.width);
    }
    for (const index of this.withoutPolls) {
      const before = newest.get(this.stores[index]!.storeKey);
      const row = this.rows[index]!;
      if (before !== undefined) this.states[row] = { ...this.states[row]!, lastPollAt: before.at };
    }
  }

  /** Schedules with the exceptions from an instant before the range on: one may have closed a store since. */
  private async readSchedulesSince(
    tx: Db,
    instants: ReadonlyMap<number, EpochMs>,
  ): Promise<ReadonlyMap<number, Schedule>> {
    if (instants.size === 0) return new Map();
    const { range } = this.context;
    const dates = exceptionDates({ start: Math.min(...instants.values()), end: range.from });
    const stores = await readSchedules(tx, allStores([...instants.keys()]), dates);
    return new Map(stores.map(({ storeKey, schedule }) => [storeKey, toSchedule(schedule)]));
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
