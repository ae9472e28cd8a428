"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toHeatCells, worstHours, type HeatCell } from "@/components/charts/heatmap-data";
import { WeekHeatmap } from "@/components/charts/week-heatmap";
import { AsyncPanel } from "@/components/ui/async-panel";
import { Button } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { storeQueries } from "@/lib/client/store-queries";

function HeatTable({ cells }: { cells: readonly HeatCell[] }) {
  return (
    <div className="max-h-80 overflow-auto" tabIndex={0} role="region" aria-label="Hours of the week">
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
  if (worst.length === 0) return <p className="text-muted">No hour of the week had any down time.</p>;
  return (
    <>
      <h3 className="text-muted text-xs">Worst hours</h3>
      <ol className="mt-1 space-y-1">
        {worst.map(({ label, text, few }) => (
          <li key={label} className="flex flex-wrap justify-between gap-x-3">
            <span className="font-medium">{label}</span>
            <span className="text-muted">
              {text}
              {few && " (few)"}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** At which hours of the week the store tends to be down; phones get the five worst. */
export function HeatmapPanel({ storeId }: { storeId: string }) {
  const query = useQuery(storeQueries.heatmap(storeId));
  const [asTable, setAsTable] = useState(false);
  return (
    <Panel
      title="Hours of the week, last 4 weeks"
      id="heatmap"
      aside={
        <Button
          data-noprint
          aria-pressed={asTable}
          onClick={() => {
            setAsTable(!asTable);
          }}
        >
          {asTable ? "Show the map" : "Show as table"}
        </Button>
      }
    >
      <AsyncPanel what="The hours of the week" query={query} height="h-72">
        {({ hours }) => {
          const cells = toHeatCells(hours);
          if (asTable) return <HeatTable cells={cells} />;
          return (
            <>
              <div className="mb-3 hidden sm:block">
                <WeekHeatmap cells={cells} />
                <p className="text-muted mt-1 text-xs">
                  The darker, the more down time of what was checked. Lines across: a single check. Hatched: no data.
                  Blank: closed.
                </p>
              </div>
              <WorstHours cells={cells} />
            </>
          );
        }}
      </AsyncPanel>
    </Panel>
  );
}
