import type { Db } from "@/db/client";
import { writeFleetIncidents } from "@/db/queries/bulk/fleet-incidents";
import { writeFleetRows, type FleetRow } from "@/db/queries/bulk/fleet-rows";
import { writeReportRows } from "@/db/queries/bulk/report-rows";
import { createReportStage, insertStagedRows, stagedTables } from "@/db/queries/bulk/report-stage";
import { coverage, uptimeRatio } from "@/lib/uptime/estimate";
import type { StateAt } from "@/lib/uptime/store-state";
import type { PerWindow, UptimeEstimate } from "@/lib/uptime/types";
import type { ReportBatch } from "@/lib/server/figures/compute-batch";
import { estimatesOf } from "@/lib/server/figures/figures";

function perWindow<T>(estimates: PerWindow<UptimeEstimate>, of: (estimate: UptimeEstimate) => T): PerWindow<T> {
  return { hour: of(estimates.hour), day: of(estimates.day), week: of(estimates.week) };
}

function* fleetRows(batch: ReportBatch, states: readonly StateAt[]): Generator<FleetRow> {
  const { storeIds, storeKeys, figures, width } = batch;
  for (let store = 0; store < storeIds.length; store++) {
    const estimates = estimatesOf(figures.subarray(store * width, (store + 1) * width));
    const { state, since, lastPollAt } = states[store]!;
    yield {
      storeKey: storeKeys[store]!,
      storeId: storeIds[store]!,
      state,
      stateSince: since,
      lastPollAt,
      uptime: perWindow(estimates, uptimeRatio),
      downMs: perWindow(estimates, ({ downMs }) => downMs),
      coverage: perWindow(estimates, coverage),
    };
  }
}

const keptTables = {
  report_rows: "report_rows",
  fleet_rows: "fleet_rows",
  fleet_incidents: "fleet_incidents",
} as const;

/**
 * Writes a report's rows in one transaction, batch by batch as they are computed. A report of a single batch is written
 * at its end. The batches of a larger one go into temporary tables of the transaction first: rows in the shared tables
 * would let a hanging worker block the one that takes over.
 */
export class ReportWriter {
  private first: ReportBatch | null = null;
  private staging: Promise<void> | null = null;

  constructor(
    private readonly tx: Db,
    private readonly reportId: number,
  ) {}

  /** Resolves when the batch before is written, so that writing and computing overlap (see `idle`). */
  async take(batch: ReportBatch): Promise<void> {
    if (this.first === null) {
      this.first = batch;
      return;
    }
    await (this.staging ?? this.beginStage(this.first));
    this.staging = this.write(stagedTables, batch);
    // Reported to the next caller that awaits it; until then it must not count as an unhandled rejection.
    this.staging.catch(() => undefined);
  }

  /** Always resolves when nothing is being written. Only then may the transaction be used by others, or end. */
  async idle(): Promise<void> {
    await this.staging?.catch(() => undefined);
  }

  /** Moves the rows to their tables. Call it once the report is known to still belong to the caller. */
  async keep(): Promise<void> {
    if (this.staging !== null) {
      await this.staging;
      await insertStagedRows(this.tx);
    } else if (this.first !== null) {
      await this.write(keptTables, this.first);
    }
  }

  private async beginStage(first: ReportBatch): Promise<void> {
    await createReportStage(this.tx);
    await this.write(stagedTables, first);
  }

  private async write(tables: Readonly<Record<keyof typeof keptTables, string>>, batch: ReportBatch): Promise<void> {
    await writeReportRows(this.tx, tables.report_rows, this.reportId, batch);
    if (batch.states === null) return;
    await writeFleetRows(this.tx, tables.fleet_rows, this.reportId, fleetRows(batch, batch.states));
    await writeFleetIncidents(this.tx, tables.fleet_incidents, this.reportId, batch.incidents);
  }
}
