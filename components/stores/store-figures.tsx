import { SplitBar } from "@/components/ui/split-bar";
import type { StoreListItem } from "@/lib/contract/stores";
import { formatDuration } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";

/** A ratio with its bar: up and down in their shares, what was not checked hatched. */
export function UptimeFigure({ ratio, coverage }: { ratio: number | null; coverage: number | null }) {
  const known = coverage ?? 0;
  const up = ratio === null ? 0 : ratio * known;
  return (
    <span className="inline-flex items-center gap-2">
      <span className="w-16 text-right">{ratio === null ? noRatio(coverage) : formatPercent(ratio)}</span>
      <SplitBar
        className="h-2 w-16 lg:max-xl:hidden"
        up={up}
        down={known - up}
        unknown={coverage === null ? 0 : 1 - known}
      />
    </span>
  );
}

/** Why there is no ratio: the store was not open, or nobody looked. */
function noRatio(coverage: number | null) {
  return <span className="text-muted text-xs whitespace-nowrap">{coverage === null ? "Closed" : "No data"}</span>;
}

/** "3 h 05 min" between an instant and the newest data; an em dash where there is no instant. */
export function ageAt(asOf: string, instant: string | null): string {
  return instant === null ? "—" : formatDuration(Date.parse(asOf) - Date.parse(instant));
}

/** A store's name over its id, or its id alone. */
export function StoreLabel({ store }: { store: StoreListItem }) {
  if (store.name === null) return <span className="break-all">{store.store_id}</span>;
  return (
    <>
      <span className="break-words">{store.name}</span>
      <span className="text-muted block text-xs font-normal break-all">{store.store_id}</span>
    </>
  );
}
