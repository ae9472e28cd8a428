import { SplitBar } from "@/components/ui/split-bar";
import type { StoreList } from "@/lib/contract/stores";
import { windowNames } from "@/lib/contract/names";
import { formatPercent } from "@/lib/format/percent";
import { windowWords } from "./uptime-words";

/** Uptime of the whole fleet: sums over all stores, never a mean of their percentages. */
export function FleetUptime({ fleet }: { fleet: NonNullable<StoreList["fleet"]> }) {
  return (
    <section aria-labelledby="fleet-uptime" className="border-line bg-panel rounded-panel mt-3 border">
      <h2 id="fleet-uptime" className="sr-only">
        Uptime of the fleet
      </h2>
      <dl className="divide-line grid divide-y sm:grid-cols-3 sm:divide-x sm:divide-y-0">
        {windowNames.map((window) => {
          const {
            open_ms: open,
            up_ms: up,
            down_ms: down,
            unknown_ms: unknown,
            uptime_ratio,
            coverage,
          } = fleet[window];
          return (
            <div key={window} className="px-4 py-3">
              <dt className="text-muted flex justify-between gap-2">
                <span>Fleet, {windowWords[window].toLowerCase()}</span>
              </dt>
              <dd className="mt-1 flex flex-wrap items-baseline justify-between gap-x-2">
                <span className="text-lg font-semibold tracking-tight">{formatPercent(uptime_ratio)}</span>
                <span className="text-muted text-xs">
                  {open === 0 ? "no store was open" : `${formatPercent(coverage, 0)} of opening time checked`}
                </span>
              </dd>
              <dd className="mt-2">
                <SplitBar
                  className="h-2"
                  up={open === 0 ? 0 : up / open}
                  down={open === 0 ? 0 : down / open}
                  unknown={open === 0 ? 0 : unknown / open}
                />
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
