import { HeatmapPanel } from "./heatmap-panel";
import { IncidentsPanel } from "./incidents-panel";
import { WeekPanel } from "./week-panel";

/** What a store has been doing lately, below what it is doing now. @param timeZone the zone that times are shown in */
export function StoreHistory({ storeId, timeZone }: { storeId: string; timeZone: string }) {
  return (
    <div className="mt-3 grid gap-3">
      <WeekPanel storeId={storeId} timeZone={timeZone} />
      <div className="grid gap-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)] print:block">
        <HeatmapPanel storeId={storeId} timeZone={timeZone} />
        <IncidentsPanel storeId={storeId} timeZone={timeZone} />
      </div>
    </div>
  );
}
