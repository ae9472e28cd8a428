"use client";

import clsx from "clsx";
import { ChevronDown } from "lucide-react";
import { useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import { useMenu } from "@/components/ui/use-menu";
import { fleetColumns, type FleetColumn } from "@/lib/client/fleet-layout";
import type { FleetLayoutChoice } from "./use-fleet-layout";

const columnText: Record<FleetColumn, string> = {
  state: "State",
  since: "In state since",
  hour: "Uptime 1h",
  day: "Uptime 24h",
  week: "Uptime 7d",
  down: "Downtime (7d)",
  coverage: "Coverage",
  checked: "Last check",
};

/** Chooses the columns of the table and how high its rows are. */
export function LayoutMenu({ layout }: { layout: FleetLayoutChoice }) {
  const menu = useRef<HTMLDetailsElement>(null);
  useMenu(menu);
  return (
    <details ref={menu} className="relative max-lg:hidden">
      <summary className={`${buttonClass()} cursor-pointer list-none [&::-webkit-details-marker]:hidden`}>
        Columns
        <ChevronDown aria-hidden className="size-4" />
      </summary>
      <div className="border-line-strong bg-panel absolute right-0 z-20 mt-1 grid w-56 gap-3 rounded-md border p-3 shadow-lg">
        <fieldset>
          <legend className="text-muted mb-1 text-xs">Columns</legend>
          {fleetColumns.map((column) => (
            <label
              key={column}
              className={clsx("flex min-h-7 items-center gap-2", column === "checked" && "max-xl:hidden")}
            >
              <input
                type="checkbox"
                checked={layout.columns.includes(column)}
                onChange={() => {
                  layout.toggleColumn(column);
                }}
              />
              {columnText[column]}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend className="text-muted mb-1 text-xs">Rows</legend>
          {(["comfortable", "compact"] as const).map((density) => (
            <label key={density} className="flex min-h-7 items-center gap-2">
              <input
                type="radio"
                name="density"
                checked={layout.density === density}
                onChange={() => {
                  layout.setDensity(density);
                }}
              />
              {density === "compact" ? "Compact" : "Comfortable"}
            </label>
          ))}
        </fieldset>
      </div>
    </details>
  );
}
