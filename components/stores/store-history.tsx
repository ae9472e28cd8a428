import { HeatmapPanel } from "./heatmap-panel";
import { IncidentsPanel } from "./incidents-panel";
import { WeekPanel } from "./week-panel";

/** What a store has been doing lately, below what it is doing now. */
export function StoreHistory({ storeId }: { storeId: string }) {
  return (
    <div className="mt-3 grid items-start gap-3">
      <WeekPanel storeId={storeId} />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <HeatmapPanel storeId={storeId} />
        <IncidentsPanel storeId={storeId} />
      </div>
    </div>
  );
}
