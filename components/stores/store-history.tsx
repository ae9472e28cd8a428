import type { Clock } from "@/lib/format/zoned-time";
import { HeatmapPanel } from "./heatmap-panel";
import { WeekPanel } from "./week-panel";

/** What a store has been doing lately, below what it is doing now. @param clock the zone that times are shown in */
export function StoreHistory({ storeId, clock }: { storeId: string; clock: Clock }) {
  return (
    <div className="mt-3 grid gap-3">
      <WeekPanel storeId={storeId} clock={clock} />
      <HeatmapPanel storeId={storeId} clock={clock} />
    </div>
  );
}
