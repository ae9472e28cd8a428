import clsx from "clsx";
import { Panel } from "@/components/ui/panel";
import { SplitBar } from "@/components/ui/split-bar";
import { windowNames } from "@/lib/contract/enums";
import type { Fleet } from "@/lib/contract/fleet";
import { formatPercent } from "@/lib/format/percent";
import { estimateText, windowText } from "./uptime-text";

interface FleetUptimeProps {
  readonly fleet: Fleet;
  /** Whether the figures are those of the stores that match a filter. */
  readonly isFiltered: boolean;
  /** Whether nothing stands beside it. */
  readonly isWide: boolean;
}

/** Uptime of stores together, out of sums of their times, with the middle store beside it. */
export function FleetUptime({ fleet, isFiltered, isWide }: FleetUptimeProps) {
  const { windows, median_uptime_ratio: median } = fleet;
  if (windows === null) return null;
  const [row, cell] = isWide
    ? (["sm:grid sm:grid-cols-3 sm:gap-6 sm:divide-y-0", "sm:py-0"] as const)
    : (["sm:max-lg:grid sm:max-lg:grid-cols-3 sm:max-lg:gap-6 sm:max-lg:divide-y-0", "sm:max-lg:py-0"] as const);
  return (
    <Panel id="fleet-uptime" title={isFiltered ? "Uptime of matching stores" : "Fleet uptime"}>
      <dl className={clsx("divide-line divide-y", row)}>
        {windowNames.map((name) => {
          const { open_ms: open, up_ms: up, down_ms: down, unknown_ms: unknown, coverage } = windows[name];
          const share = (ms: number) => (open === 0 ? 0 : ms / open);
          return (
            <div
              key={name}
              className={clsx("grid grid-cols-[1fr_auto] items-baseline gap-x-3 py-2 first:pt-0 last:pb-0", cell)}
            >
              <dt className="text-muted">{windowText[name]}</dt>
              <dd className="text-lg font-semibold tracking-tight">{estimateText(windows[name])}</dd>
              <dd className="col-span-2 my-1">
                <SplitBar className="h-2" up={share(up)} down={share(down)} unknown={share(unknown)} />
              </dd>
              <dd className="text-muted col-span-2 flex flex-wrap justify-between gap-x-3 text-xs">
                <span>Median store {formatPercent(median[name])}</span>
                <span>{open === 0 ? "No store was open" : `${formatPercent(coverage, 0)} monitored`}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}
