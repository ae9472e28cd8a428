import { Instant } from "@/components/ui/instant";
import { formatOpenTime } from "@/lib/format/duration";
import { bucketLabels, type UptimeChartProps } from "./chart-data";

/** The chart's figures, rounded to the minute; the last row is their total. */
export function UptimeTable({ buckets, step, clock }: UptimeChartProps) {
  const sum = (of: "open_ms" | "up_ms" | "down_ms" | "unknown_ms") =>
    buckets.reduce((total, bucket) => total + bucket[of], 0);
  const labels = bucketLabels(buckets, step, clock);
  const cell = "h-8 px-2 text-right last:pr-0";
  return (
    <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label="Chart data">
      <table className="w-full border-collapse">
        <caption className="sr-only">Opening time</caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col" className="h-8 text-left font-medium">
              Time
            </th>
            {["Open", "Up", "Down", "No data"].map((word) => (
              <th key={word} scope="col" className={`${cell} font-medium`}>
                {word}
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
                  <td className={cell}>{formatOpenTime(bucket.open_ms)}</td>
                  <td className={cell}>{formatOpenTime(bucket.up_ms)}</td>
                  <td className={cell}>{formatOpenTime(bucket.down_ms)}</td>
                  <td className={cell}>{formatOpenTime(bucket.unknown_ms)}</td>
                </>
              )}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="border-line-strong border-t font-semibold">
            <th scope="row" className="h-9 text-left">
              Total
            </th>
            <td className={cell}>{formatOpenTime(sum("open_ms"))}</td>
            <td className={cell}>{formatOpenTime(sum("up_ms"))}</td>
            <td className={cell}>{formatOpenTime(sum("down_ms"))}</td>
            <td className={cell}>{formatOpenTime(sum("unknown_ms"))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
