import type { FleetSummary } from "@/db/queries/fleet-summaries";
import { uptimeRatio } from "@/lib/uptime/estimate";
import type { StoreState } from "@/lib/uptime/store-state";
import type { WindowName } from "@/lib/uptime/types";
import { windowNames } from "@/lib/uptime/windows";
import type { FleetWeek, ReportBatch } from "@/lib/server/figures/compute-batch";
import { estimatesOf, figureCount } from "@/lib/server/figures/figures";

/** The median of the stores that have a ratio: half of them do as well or better. Null when none has one. */
function median(ratios: readonly number[]): number | null {
  const ascending = Float64Array.from(ratios).sort();
  const half = ascending.length / 2;
  return ascending.length === 0 ? null : (ascending[Math.ceil(half) - 1]! + ascending[Math.floor(half)]!) / 2;
}

/** Adds up the head of the fleet page from a snapshot's batches. It holds three ratios per store. */
export class FleetTotals {
  private readonly sums = new Array<number>(figureCount.interpolated).fill(0);
  private readonly states: Record<StoreState, number> = { online: 0, offline: 0, closed: 0, no_recent_check: 0 };
  private incidents = 0;
  private readonly ratios: Record<WindowName, number[]> = { hour: [], day: [], week: [] };

  add({ figures, width, states, incidents }: ReportBatch): void {
    this.incidents += incidents.length;
    figures.forEach((figure, index) => {
      this.sums[index % width]! += figure;
    });
    for (const { state } of states ?? []) this.states[state]++;
    for (let start = 0; start < figures.length; start += width) {
      const estimates = estimatesOf(figures.subarray(start, start + width));
      for (const window of windowNames) {
        const ratio = uptimeRatio(estimates[window]);
        if (ratio !== null) this.ratios[window].push(ratio);
      }
    }
  }

  summary(reportId: number, week: FleetWeek): Omit<FleetSummary, "paused" | "retired"> {
    const { online, offline, closed, no_recent_check: noRecentCheck } = this.states;
    return {
      reportId,
      online,
      offline,
      closed,
      noRecentCheck,
      sums: this.sums,
      medianUptime: windowNames.map((window) => median(this.ratios[window])),
      hourly: week.hours.flatMap(({ openMs, upMs, downMs, unknownMs }) => [openMs, upMs, downMs, unknownMs]),
      pollGaps: week.pollGaps.flatMap(({ start, end }) => [start, end]),
      incidents: this.incidents,
    };
  }
}
