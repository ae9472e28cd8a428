"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toHeatCells, worstHours, type HeatCell } from "@/components/charts/heatmap-data";
import { HeatLegend, WeekHeatmap } from "@/components/charts/week-heatmap";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Panel } from "@/components/ui/panel";
import { useTimeStyle } from "@/components/ui/reader";
import { ViewToggle } from "@/components/ui/view-toggle";
import { storeQueries } from "@/lib/client/store-queries";
import type { Clock } from "@/lib/format/zoned-time";
import { inStoreTime } from "./week-panel";

function HeatTable({ cells }: { cells: readonly HeatCell[] }) {
  return (
    <div className="max-h-80 overflow-auto" tabIndex={0} role="region" aria-label="Weekly pattern">
      <table className="w-full border-collapse">
        <caption className="sr-only">Uptime by hour of the week</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Hour</th>
            <th scope="col">Uptime</th>
          </tr>
        </thead>
        <tbody>
          {cells
            .filter(({ state }) => state !== "closed")
            .map(({ label, text }) => (
              <tr key={label} className="border-line border-t">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal whitespace-nowrap">
                  {label}
                </th>
                <td className="py-1.5 text-right">{text}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

function WorstHours({ cells }: { cells: readonly HeatCell[] }) {
  const worst = worstHours(cells);
  if (worst.length === 0) return <p className="text-muted">No hour of the week with enough checks had downtime.</p>;
  return (
    <>
      <h3 id="worst-hours" className="text-muted text-xs">
        Worst hours
      </h3>
      <ol aria-labelledby="worst-hours" className="mt-1 space-y-1">
        {worst.map(({ label, text }) => (
          <li key={label} className="flex flex-wrap justify-between gap-x-3">
            <span className="font-medium">{label}</span>
            <span className="text-muted">{text}</span>
          </li>
        ))}
      </ol>
    </>
  );
}

function TooFewChecks() {
  return (
    <p className="text-muted text-pretty">
      Not enough checks for a pattern yet. It takes at least 3 checks in an hour of the week, so with hourly checks 3
      weeks. The table has what there is.
    </p>
  );
}

/**
 * At which hours of its week the store tends to be down; phones get the five worst.
 * @param clock the zone that times are shown in
 */
export function HeatmapPanel({ storeId, clock }: { storeId: string; clock: Clock }) {
  const query = useQuery(storeQueries.heatmap(storeId));
  const style = useTimeStyle();
  const [asTable, setAsTable] = useState(false);
  return (
    <Panel
      title="Weekly pattern, last 4 weeks"
      id="heatmap"
      className="print:hidden"
      aside={<ViewToggle asTable={asTable} onChange={setAsTable} />}
    >
      <AsyncPanel what="the weekly pattern" query={query} height="h-72">
        {({ hours, time_zone: own }) => {
          const cells = toHeatCells(hours, style);
          if (asTable) return <HeatTable cells={cells} />;
          if (!cells.some(({ state }) => state === "known")) return <TooFewChecks />;
          return (
            <div className="gap-6 lg:grid lg:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
              <div className="hidden max-lg:mb-3 sm:block">
                <WeekHeatmap cells={cells} style={style} />
                <div className="mt-2 space-y-1">
                  <HeatLegend />
                  <p className="text-muted text-xs text-pretty">
                    {inStoreTime(own, clock)}Uptime in percent. Paler = less of the hour was checked. Blank = closed.
                  </p>
                </div>
              </div>
              <div>
                <WorstHours cells={cells} />
              </div>
            </div>
          );
        }}
      </AsyncPanel>
    </Panel>
  );
}
