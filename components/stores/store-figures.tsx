import { splitReaches } from "@/components/ui/split-bar";
import { formatDuration, formatOpenTime } from "@/lib/format/duration";
import { formatPercent, noFigure } from "@/lib/format/percent";

/** A ratio with its bar: up and down in their shares, what was not checked hatched. The bar's look is in store-list.css. */
export function UptimeFigure({ ratio, coverage }: { ratio: number | null; coverage: number | null }) {
  const known = coverage ?? 0;
  const up = ratio === null ? 0 : ratio * known;
  return (
    <>
      {ratio === null ? noRatio(coverage) : formatPercent(ratio)}
      <div style={splitReaches(up, known - up, coverage === null ? 0 : 1 - known)} />
    </>
  );
}

/**
 * The last hour rests on one or two checks, so its outcome is named: "Up", "Down", "Down 24 min".
 * @param ratio null where there is no data   @param down ms
 */
export function hourText(ratio: number | null, down: number): string {
  if (ratio === null) return noFigure;
  if (ratio === 1) return "Up";
  return ratio === 0 ? "Down" : `Down ${formatOpenTime(down)}`;
}

/** Why there is no ratio: the store was not open, or not checked. */
function noRatio(coverage: number | null) {
  return <span className="text-muted text-xs whitespace-nowrap">{coverage === null ? "Closed" : "No data"}</span>;
}

/** "3 h 5 min" between an instant and the newest data; an em dash where there is no instant. */
export function ageAt(asOf: string, instant: string | null): string {
  return instant === null ? "—" : formatDuration(Date.parse(asOf) - Date.parse(instant));
}
