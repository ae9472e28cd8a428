import { Instant } from "@/components/ui/instant";
import { formatIn } from "@/lib/format/duration";
import { bucketLabels, type UptimeChartProps } from "./chart-data";

/** The chart's figures, in the unit and to the digit in which a report gives them; the last row is their sum. */
export function UptimeTable({ buckets, window, clock }: UptimeChartProps) {
  const unit = window === "hour" ? "minutes" : "hours";
  const sum = (of: "open_ms" | "up_ms" | "down_ms" | "unknown_ms") =>
    buckets.reduce((total, bucket) => total + bucket[of], 0);
  const labels = bucketLabels(buckets, window, clock);
  const cell = "h-8 px-2 text-right last:pr-0";
  return (
    <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label="Figures of the chart">
      <table className="w-full border-collapse">
        <caption className="sr-only">Opening time in {unit}</caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col" className="h-8 text-left font-medium">
              Time
            </th>
            {["Open", "Up", "Down", "No data"].map((word) => (
              <th key={word} scope="col" className={`${cell} font-medium`}>
                {word} <span className="font-normal">({unit === "minutes" ? "min" : "h"})</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.map((bucket, index) => (
            <tr key={bucket.start} className="border-line border-t">
              <th scope="row" className="h-8 text-left font-normal">
                <Instant at={bucket.start}>{labels[index] ?? ""}</Instant>
              </th>
              {bucket.open_ms === 0 ? (
                <td colSpan={4} className={`${cell} text-muted`}>
                  Closed
                </td>
              ) : (
                <>
                  <td className={cell}>{formatIn(unit, bucket.open_ms)}</td>
                  <td className={cell}>{formatIn(unit, bucket.up_ms)}</td>
                  <td className={cell}>{formatIn(unit, bucket.down_ms)}</td>
                  <td className={cell}>{formatIn(unit, bucket.unknown_ms)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-line-strong border-t font-semibold">
            <th scope="row" className="h-9 text-left">
              Sum
            </th>
            <td className={cell}>{formatIn(unit, sum("open_ms"))}</td>
            <td className={cell}>{formatIn(unit, sum("up_ms"))}</td>
            <td className={cell}>{formatIn(unit, sum("down_ms"))}</td>
            <td className={cell}>{formatIn(unit, sum("unknown_ms"))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
