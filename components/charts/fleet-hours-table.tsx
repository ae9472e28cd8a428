import { Instant } from "@/components/ui/instant";
import { formatPercent } from "@/lib/format/percent";
import { clockTime, weekdayTime, type Clock } from "@/lib/format/zoned-time";
import { storesText, type FleetHour } from "./fleet-hours-data";

/** The chart's figures, newest hour first. */
export function FleetHoursTable({ hours, clock }: { hours: readonly FleetHour[]; clock: Clock }) {
  const cell = "h-7 px-2 text-right last:pr-3";
  return (
    <div className="h-[188px] overflow-auto" tabIndex={0} role="region" aria-label="Chart data">
      <table className="w-full border-collapse">
        <caption className="sr-only">Stores offline per hour (%)</caption>
        <thead className="bg-panel text-muted sticky top-0 text-xs">
          <tr>
            <th scope="col" className="h-7 text-left font-medium">
              Hour
            </th>
            {["Offline", "Stores offline", "Stores checked"].map((word) => (
              <th key={word} scope="col" className={`${cell} font-medium`}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.toReversed().map(({ start, end, share, offline, checked }) => (
            <tr key={start} className="border-line border-t">
              <th scope="row" className="h-7 text-left font-normal whitespace-nowrap">
                <Instant at={start}>{`${weekdayTime(start, clock)}–${clockTime(end, clock)}`}</Instant>
              </th>
              <td className={cell}>{formatPercent(share)}</td>
              <td className={cell}>{share === null ? "—" : storesText(offline)}</td>
              <td className={cell}>{storesText(checked)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
