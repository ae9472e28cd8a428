import type { FleetSummary } from "@/db/queries/fleet-summaries";
import { uptimeRatio } from "@/lib/uptime/estimate";
import type { StateAt } from "@/lib/uptime/store-state";
import type { WindowName } from "@/lib/uptime/types";
import { windowNames } from "@/lib/uptime/windows";
import type { ComputedReport, FleetWeek } from "./compute-report";
import { estimatesOf } from "./figures";

/** The middle of the stores that have a ratio: half of them do as well or better. Null where none has one. */
function medianUptime({ figures, width, storeIds }: ComputedReport, window: WindowName): number | null {
  const ratios: number[] = [];
  for (let store = 0; store < storeIds.length; store++) {
    const ratio = uptimeRatio(estimatesOf(figures.subarray(store * width, (store + 1) * width))[window]);
    if (ratio !== null) ratios.push(ratio);
  }
  const ascending = Float64Array.from(ratios).sort();
  const half = ascending.length / 2;
  return ascending.length === 0 ? null : (ascending[Math.ceil(half) - 1]! + ascending[Math.floor(half)]!) / 2;
}

/** What the fleet page says at its head, out of a snapshot's rows. */
export function summariseFleet(
  reportId: number,
  report: ComputedReport,
  states: readonly StateAt[],
  week: FleetWeek,
): FleetSummary {
  const sums = new Array<number>(report.width).fill(0);
  report.figures.forEach((figure, index) => {
    sums[index % report.width]! += figure;
  });
  const count = (state: StateAt["state"]): number => states.filter((one) => one.state === state).length;
  return {
    reportId,
    online: count("online"),
    offline: count("offline"),
    closed: count("closed"),
    noRecentCheck: count("no_recent_check"),
    sums,
    medianUptime: windowNames.map((window) => medianUptime(report, window)),
    hourly: week.hours.flatMap(({ openMs, upMs, downMs, unknownMs }) => [openMs, upMs, downMs, unknownMs]),
    pollGaps: week.pollGaps.flatMap(({ start, end }) => [start, end]),
  };
}
