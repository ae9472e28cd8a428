import { Instant } from "@/components/ui/instant";
import { formatOpenTime } from "@/lib/format/duration";
import { stateText, type WeekRow } from "./week-strip-data";

/** The week strip in rows. */
export function WeekTable({ rows }: { rows: readonly WeekRow[] }) {
  const cell = "h-8 px-2 text-right last:pr-0";
  return (
    <div className="max-h-96 overflow-auto" tabIndex={0} role="region" aria-label="Week data">
      <table className="w-full border-collapse">
        <caption className="sr-only">Opening time of the week by state</caption>
        <thead className="text-muted text-xs">
          <tr>
            <th scope="col" className="h-8 text-left font-medium">
              Time
            </th>
            {["State", "Duration", "Checks"].map((word) => (
              <th key={word} scope="col" className={`${cell} font-medium`}>
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ start, day, time, state, ms, polls }) => (
            <tr key={start} className="border-line border-t">
              <th scope="row" className="h-8 text-left font-normal">
                <Instant at={start}>{`${day}, ${time}`}</Instant>
              </th>
              <td className={cell}>{stateText[state]}</td>
              <td className={cell}>{formatOpenTime(ms)}</td>
              <td className={cell}>{polls}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
